// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/sheet.hpp"

#include <gtest/gtest.h>

#include "assist/made_pictures.hpp"
#include "assist/panels.hpp"

namespace atelier::assist {
namespace {

using namespace test;

Study study_of(const image::Image& picture, Evidence evidence = {}) {
  Study study{"a title", picture, {picture.width, picture.height}, see(picture, evidence), {},
              {},        {}};
  study.composition = measure(picture, study.scene);
  study.values = study_values(picture, 3).picture;
  study.proposals =
      propose_crops(study.scene, study.composition, study.size,
                    {parse_aspect("1:1", study.size), parse_aspect("9:16", study.size)}, 2);
  return study;
}

std::size_t count_of(const image::Image& picture, const Ink& ink) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    bool same = true;
    for (std::size_t c = 0; c < 3; ++c)
      same = same && std::abs(picture.rgb[3 * i + c] - ink[c]) < 1e-4;
    count += same ? 1 : 0;
  }
  return count;
}

TEST(Sheet, ShowsAFrameForEveryCrop) {
  image::Image picture = flat({300, 200}, {0.75, 0.8, 0.85});
  put_disc(picture, 90, 80, 20, {0.9, 0.2, 0.1});
  const Study study = study_of(picture);
  const Panel panel = crops_panel(study);
  int number = 0;
  for (const Proposal& proposal : study.proposals) {
    for (const Crop& crop : proposal.crops) {
      ++number;
      const double scale = static_cast<double>(panel.picture.width) / picture.width;
      const auto least = static_cast<std::size_t>(scale * 2 * (crop.part.width + crop.part.height));
      EXPECT_GT(count_of(panel.picture, crop_ink(number)), least) << number;
    }
  }
  EXPECT_GE(number, 2);
  EXPECT_EQ(std::ssize(panel.badges), number);
}

TEST(Sheet, IsDrawnForEveryShapeOfPicture) {
  Evidence evidence;
  evidence.faces = {{{0.4, 0.4, 0.6, 0.6}, 0.9, Facing::right}};
  evidence.texts = {{{0.1, 0.8, 0.9, 0.9}, 0.8}};
  for (const image::Size size : {image::Size{1, 1}, {1, 700}, {700, 1}, {90, 160}, {333, 200}}) {
    const image::Image sheet = composition_sheet(study_of(flat(size, {0.4, 0.5, 0.6}), evidence));
    EXPECT_EQ(sheet.width, 1560);
    EXPECT_GT(sheet.height, 400);
  }
}

TEST(Sheet, WhatIsTransparentIsShownOnWhite) {
  image::Image picture = flat({100, 80}, {0, 0, 0});
  picture.alpha.assign(picture.pixels(), 0.0F);
  const Panel panel = crops_panel(study_of(picture));
  EXPECT_GT(count_of(panel.picture, {1, 1, 1}), panel.picture.pixels() / 2);
}

}  // namespace
}  // namespace atelier::assist
