// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/cuts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../moving_camera.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"

namespace atelier::vision {
namespace {

using atelier::testing::Camera;
using atelier::testing::frame_of;
using atelier::testing::Photograph;

constexpr image::Size size{180, 120};

/// Pictures of the examples that differ, 480 px wide.
std::vector<image::Image> pictures() {
  std::vector<image::Image> result;
  for (const char* name : {"chelsea.png", "coffee.png", "rocket.jpg", "the-garden-at-bougival.jpg",
                           "villa-with-orange-trees.jpg"}) {
    result.push_back(
        image::load(std::string(ATELIER_SOURCE_DIR) + "/examples/" + name, {.long_edge = 480}));
  }
  return result;
}

Camera middle(const image::Image& picture) {
  return {0.5 * picture.width, 0.5 * picture.height, 0.6};
}

/// The numbers of the frames that cuts are found before.
std::vector<int> cuts(const std::vector<image::Image>& film) {
  CutFinder finder;
  std::vector<int> found;
  for (std::size_t i = 0; i < film.size(); ++i) {
    if (finder.cut_before(film[i])) found.push_back(static_cast<int>(i));
  }
  return found;
}

/// Three frames of each picture, the camera moving slowly; grain as a sensor has.
TEST(Cuts, AreFoundBetweenAllPairsOfPictures) {
  const auto scenes = pictures();
  RandomStream random(1, "grain");
  double most = 0;
  for (const auto& a : scenes) {
    for (const auto& b : scenes) {
      if (&a == &b) continue;
      std::vector<image::Image> film;
      for (const auto* scene : {&a, &b}) {
        for (int t = 0; t < 2; ++t) {
          Camera camera = middle(*scene);
          camera.x += 2 * t;
          film.push_back(frame_of(Photograph(*scene), camera, size));
          for (float& v : film.back().rgb) {
            v = std::clamp(v + 0.02F * static_cast<float>(random.normal()), 0.0F, 1.0F);
          }
        }
      }
      most = std::max(most, likeness(film[1], film[2]).matched);
      EXPECT_EQ(cuts(film), std::vector<int>{2});
    }
  }
  RecordProperty("most_matched_across_cuts", fmt::format("{:.3f}", most));
}

/// Bars that stay, half of the frame, are no reason to take two scenes for one.
TEST(Cuts, AreFoundBetweenBars) {
  const auto scenes = pictures();
  for (const auto& a : scenes) {
    for (const auto& b : scenes) {
      if (&a == &b) continue;
      std::vector<image::Image> film;
      for (const auto* scene : {&a, &a, &b, &b}) {
        film.push_back(frame_of(Photograph(*scene), middle(*scene), size));
        auto& rgb = film.back().rgb;
        const auto bar = static_cast<std::ptrdiff_t>(rgb.size() / 4);
        std::fill(rgb.begin(), rgb.begin() + bar, 0.0F);
        std::fill(rgb.end() - bar, rgb.end(), 0.0F);
      }
      EXPECT_EQ(cuts(film), std::vector<int>{2});
    }
  }
}

/// Pans by up to a fifth of the frame, zooms by 12 %, turns by 6 degrees a frame.
TEST(Cuts, ACameraInMotionIsNone) {
  double least = 1;
  for (const auto& scene : pictures()) {
    for (const Camera& step : {Camera{6, 2}, Camera{48, 0}, Camera{-30, 20}, Camera{0, 0, 1.12},
                               Camera{0, 0, 0.9}, Camera{3, 0, 1.02, 0.03}, Camera{0, 0, 1, 0.1}}) {
      std::vector<image::Image> film;
      Camera camera = middle(scene);
      for (int t = 0; t < 3; ++t) {
        film.push_back(frame_of(Photograph(scene), camera, size));
        camera.x += step.x;
        camera.y += step.y;
        camera.zoom *= step.zoom;
        camera.angle += step.angle;
      }
      least = std::min(least, likeness(film[0], film[1]).matched);
      EXPECT_EQ(cuts(film), std::vector<int>{})
          << step.x << " " << step.y << " " << step.zoom << " " << step.angle;
    }
  }
  RecordProperty("least_matched_within_a_scene", fmt::format("{:.3f}", least));
}

/// Lamps, lightning, a white flash and a short black.
TEST(Cuts, AFlashIsNone) {
  for (const auto& scene : pictures()) {
    const image::Image calm = frame_of(Photograph(scene), middle(scene), size);
    const auto lit = [&](float gain, float offset) {
      image::Image frame = calm;
      for (float& v : frame.rgb) v = std::clamp(gain * v + offset, 0.0F, 1.0F);
      return frame;
    };
    EXPECT_EQ(cuts({calm, lit(1, 0.25F), calm}), std::vector<int>{});
    EXPECT_EQ(cuts({calm, lit(0.4F, 0), lit(0.2F, 0), calm}), std::vector<int>{});
    EXPECT_EQ(cuts({calm, lit(0, 1), lit(0, 1), calm}), std::vector<int>{});
    EXPECT_EQ(cuts({calm, lit(0.01F, 0), calm, lit(0, 0)}), std::vector<int>{});
  }
}

TEST(Cuts, AreFoundAcrossBlack) {
  const auto scenes = pictures();
  const image::Image black = frame_of([](double, double, int) { return 0.0; }, {}, size);
  const auto frame = [&](std::size_t i) {
    return frame_of(Photograph(scenes[i]), middle(scenes[i]), size);
  };
  EXPECT_EQ(cuts({black, frame(0), black, frame(2), frame(2), black, frame(2)}),
            std::vector<int>{3});
}

TEST(Cuts, FramesPassedOverCountAsSeen) {
  const auto scenes = pictures();
  const image::Image black = frame_of([](double, double, int) { return 0.0; }, {}, size);
  const auto frame = [&](std::size_t i) {
    return frame_of(Photograph(scenes[i]), middle(scenes[i]), size);
  };
  CutFinder finder;
  finder.pass_over(frame(1));
  finder.pass_over(black);
  EXPECT_FALSE(finder.cut_before(frame(1)));
  finder.pass_over(frame(2));
  finder.pass_over(black);
  EXPECT_TRUE(finder.cut_before(frame(1)));
}

TEST(Cuts, RefusesFramesOfTwoSizes) {
  CutFinder finder;
  EXPECT_FALSE(finder.cut_before(frame_of(atelier::testing::texture, {}, {64, 48})));
  EXPECT_THROW((void)finder.cut_before(frame_of(atelier::testing::texture, {}, {48, 64})), Error);
}

TEST(Cuts, LikenessToItselfIsWhole) {
  const image::Image frame = frame_of(atelier::testing::texture, {}, {100, 80});
  const Likeness self = likeness(frame, frame);
  EXPECT_NEAR(self.matched, 1, 1e-6);
  EXPECT_NEAR(self.colours, 1, 1e-9);
}

}  // namespace
}  // namespace atelier::vision
