// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/crops.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "assist/made_pictures.hpp"
#include "assist/protected_boxes.hpp"
#include "base/error_matcher.hpp"

namespace atelier::assist {
namespace {

using namespace test;
using testing::HasSubstr;

const std::vector<std::string> shapes{"1:1", "4:5", "16:9", "9:16", "3:2", "2.39:1", "original"};

std::vector<Aspect> aspects(const std::vector<std::string>& names, image::Size size) {
  std::vector<Aspect> all;
  for (const std::string& name : names) all.push_back(parse_aspect(name, size));
  return all;
}

std::vector<Proposal> proposed(const image::Image& picture, Evidence evidence, image::Size size,
                               const std::vector<std::string>& names, int each = 1) {
  const Scene scene = see(picture, std::move(evidence));
  return propose_crops(scene, measure(picture, scene), size, aspects(names, size), each);
}

bool holds_all(const Box& part, const Box& box) {
  return part.left <= box.left && part.top <= box.top && part.right >= box.right &&
         part.bottom >= box.bottom;
}

TEST(Aspects, AreReadAndRefused) {
  const image::Size size{600, 400};
  EXPECT_EQ(parse_aspect("4:5", size).down, 5);
  EXPECT_EQ(parse_aspect("1.91:1", size).across, 1.91);
  EXPECT_EQ(parse_aspect("original", size).across, 600);
  EXPECT_TRUE(parse_aspect("whole", size).whole);
  for (const char* bad : {"", "4", "4:", ":5", "4:0", "-4:5", "4:5:6", "4/5", "nan:1", "inf:1",
                          "1e9:1", "square", "4 :5"})
    EXPECT_ERROR(parse_aspect(bad, size), invalid_argument, HasSubstr("4:5"));
  EXPECT_ERROR(parse_aspect("21:1", size), invalid_argument, HasSubstr("20"));
}

TEST(Aspects, AreExactToAPixel) {
  for (const image::Size picture :
       {image::Size{600, 400}, {401, 603}, {1, 1}, {1, 97}, {97, 1}, {4000, 3000}, {13, 17}}) {
    for (const std::string& name : shapes) {
      const Aspect aspect = parse_aspect(name, picture);
      for (int shorter = 1; shorter <= std::min(picture.width, picture.height);
           shorter += std::max(1, shorter / 7)) {
        const image::Size size = crop_size(aspect, picture, shorter);
        EXPECT_GE(std::min(size.width, size.height), 1);
        EXPECT_LE(size.width, picture.width);
        EXPECT_LE(size.height, picture.height);
        if (std::max(picture.width, picture.height) < 5) continue;
        const bool wide = aspect.across >= aspect.down;
        const double ratio = wide ? aspect.across / aspect.down : aspect.down / aspect.across;
        const int short_edge = wide ? size.height : size.width,
                  long_edge = wide ? size.width : size.height;
        if (short_edge > 1 || long_edge > 1) {
          EXPECT_LE(std::abs(long_edge - short_edge * ratio),
                    std::min(picture.width, picture.height) == 1 ? ratio : 0.5 + 1e-9)
              << name << ' ' << picture.width << ' ' << shorter;
        }
      }
    }
  }
  EXPECT_EQ(crop_size(parse_aspect("original", {4000, 3000}), {4000, 3000}, 3000),
            (image::Size{4000, 3000}));
  EXPECT_EQ(crop_size(parse_aspect("16:9", {1600, 1600}), {1600, 1600}, 1600),
            (image::Size{1600, 900}));
}

TEST(Crops, KeepAGivenThingWhole) {
  for (const double left : {20.0, 150.0, 400.0}) {
    for (const double top : {15.0, 120.0, 230.0}) {
      image::Image picture = flat({600, 400}, {0.75, 0.8, 0.85});
      const Box px{left, top, left + 150, top + 130};
      put(picture, px, {0.3, 0.1, 0.1});
      const Box box{px.left / 600, px.top / 400, px.right / 600, px.bottom / 400};
      for (const Proposal& proposal : proposed(picture, {}, {3000, 2000}, shapes, 3)) {
        ASSERT_FALSE(proposal.crops.empty()) << proposal.aspect.name;
        for (const Crop& crop : proposal.crops) {
          EXPECT_TRUE(holds_all(box_of(crop.part, {3000, 2000}), box)) << proposal.aspect.name;
          EXPECT_FALSE(crop.reasons.empty());
          EXPECT_GT(crop.score, 0);
          EXPECT_LE(crop.score, 1 + 1e-9);
        }
      }
    }
  }
}

TEST(Crops, NeverCutAHeadOrText) {
  const image::Image picture = flat({800, 500}, {0.5, 0.5, 0.5});
  Evidence evidence;
  evidence.faces = {{{0.08, 0.2, 0.16, 0.33}, 0.9},
                    {{0.45, 0.3, 0.56, 0.48}, 0.9},
                    {{0.80, 0.5, 0.83, 0.55}, 0.9}};
  evidence.texts = {{{0.6, 0.85, 0.95, 0.92}, 0.9}};
  evidence.things = map_with({50, 50}, {0.42, 0.2, 0.60, 0.6});
  const Scene scene = see(picture, evidence);
  const image::Size size{4000, 2500};
  for (const Proposal& proposal :
       propose_crops(scene, measure(picture, scene), size, aspects(shapes, size), 5)) {
    EXPECT_FALSE(proposal.crops.empty()) << proposal.aspect.name;
    for (const Crop& crop : proposal.crops) {
      const Box part = box_of(crop.part, size);
      std::vector<Box> never{evidence.texts.front().box};
      for (const Face& face : evidence.faces) never.push_back(head_of(face.box));
      for (const Box& box : never) EXPECT_TRUE(holds(part, box) || apart(part, box));
      EXPECT_TRUE(holds(part, head_of(evidence.faces[1].box)));
    }
  }
}

TEST(Crops, ThereIsNoneWhereTheSubjectDoesNotFit) {
  image::Image picture = flat({600, 400}, {0.75, 0.8, 0.85});
  put(picture, {60, 150, 540, 250}, {0.3, 0.1, 0.1});
  const auto proposals = proposed(picture, {}, {600, 400}, {"9:16", "3:2"});
  EXPECT_TRUE(proposals[0].crops.empty());
  EXPECT_THAT(proposals[0].refusal, HasSubstr("the main subject"));
  EXPECT_THAT(proposals[0].refusal, HasSubstr("9:16"));
  EXPECT_FALSE(proposals[1].crops.empty());
}

TEST(Crops, AreSureOnlyWhereObjectsAreTold) {
  image::Image clear = flat({600, 400}, {0.75, 0.8, 0.85});
  put_disc(clear, 200, 200, 40, {0.9, 0.2, 0.1});
  for (const Proposal& proposal : proposed(clear, {}, {600, 400}, {"1:1", "original"}))
    EXPECT_TRUE(proposal.crops.front().sure);
  image::Image full = flat({600, 400}, {0.6, 0.6, 0.6});
  for (int i = 0; i < 24; ++i)
    put_disc(full, 40 + 100 * (i % 6), 40 + 100 * (i / 6), 25, {i % 2 * 0.9, 0.3, 0.1});
  const auto proposals = proposed(full, {}, {600, 400}, {"1:1", "16:9", "whole"});
  EXPECT_TRUE(proposals[0].crops.empty());  // it would take a sixth from either side
  EXPECT_THAT(proposals[0].refusal, HasSubstr("takes more than 10 % from a side"));
  const Crop& wide = proposals[1].crops.front();
  EXPECT_FALSE(wide.sure);
  EXPECT_GE(wide.part.width, 599);  // 16:9 to a pixel
  EXPECT_LE(wide.part.top, 41);
  EXPECT_GE(wide.part.top + wide.part.height, 359);
  EXPECT_THAT(wide.reasons.back(), HasSubstr("look at its borders"));
  EXPECT_TRUE(proposals[2].crops.front().sure);
}

/// What a network sees, in a picture full of things.
std::vector<Proposal> proposed_around(const image::Mask& things,
                                      const std::vector<std::string>& names) {
  image::Image full = flat({600, 400}, {0.6, 0.6, 0.6});
  for (int i = 0; i < 24; ++i)
    put_disc(full, 40 + 100 * (i % 6), 40 + 100 * (i / 6), 25, {i % 2 * 0.9, 0.3, 0.1});
  Evidence evidence;
  evidence.things = things;
  return proposed(full, std::move(evidence), {600, 400}, names, 3);
}

TEST(Crops, HoldWhatANetworkSeesAndAreSure) {
  const Box thing{0.3, 0.2, 0.7, 0.8};
  for (const Proposal& proposal :
       proposed_around(map_with({60, 40}, thing), {"1:1", "4:5", "16:9", "3:2"})) {
    ASSERT_FALSE(proposal.crops.empty()) << proposal.aspect.name;
    for (const Crop& crop : proposal.crops) {
      EXPECT_TRUE(crop.sure);
      EXPECT_TRUE(holds_all(box_of(crop.part, {600, 400}), thing)) << proposal.aspect.name;
    }
  }
}

TEST(Crops, AreUnsureWhereTracesOfAThingReachBeyondThem) {
  image::Mask things = map_with({60, 40}, {0.3, 0.2, 0.7, 0.8});
  for (std::size_t x = 0; x < 60; ++x)
    for (const std::size_t y : {1, 2, 38, 39}) things.values[60 * y + x] = 0.2F;
  const auto proposals = proposed_around(things, {"16:9", "9:16"});
  const Crop& wide = proposals[0].crops.front();
  EXPECT_FALSE(wide.sure);
  EXPECT_TRUE(holds_all(box_of(wide.part, {600, 400}), {0.3, 0.2, 0.7, 0.8}));
  EXPECT_THAT(wide.reasons.back(), HasSubstr("traces of a thing"));
  EXPECT_TRUE(proposals[1].crops.empty());
  EXPECT_THAT(proposals[1].refusal, HasSubstr("9:16"));
}

TEST(Crops, OfAThingThatFillsThePictureThereIsNone) {
  const auto proposals =
      proposed_around(map_with({60, 40}, {0.05, 0.05, 0.95, 0.95}), {"1:1", "9:16", "whole"});
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_TRUE(proposals[i].crops.empty());
    EXPECT_THAT(proposals[i].refusal, HasSubstr("% of the picture"));
  }
  EXPECT_TRUE(proposals[2].crops.front().sure);
}

TEST(Crops, SeveralOfOneShapeDiffer) {
  image::Image picture = flat({600, 400}, {0.75, 0.8, 0.85});
  put_disc(picture, 200, 200, 30, {0.9, 0.2, 0.1});
  const auto crops = proposed(picture, {}, {600, 400}, {"1:1"}, 3).front().crops;
  ASSERT_EQ(crops.size(), 3U);
  for (std::size_t i = 1; i < crops.size(); ++i) {
    EXPECT_LE(crops[i].score, crops[i - 1].score);
    EXPECT_FALSE(crops[i].part == crops[i - 1].part);
  }
}

TEST(Crops, TheWholeIsTheWhole) {
  const auto proposals =
      proposed(flat({60, 40}, {0.5, 0.5, 0.5}), {}, {601, 399}, {"whole", "original"});
  EXPECT_EQ(proposals[0].crops.front().part, (image::Part{0, 0, 601, 399}));
}

TEST(Crops, OfTheSmallestPicturesLieWithinThem) {
  for (const image::Size size : {image::Size{1, 1}, {1, 50}, {50, 1}, {2, 2}, {3, 5}}) {
    for (const Proposal& proposal : proposed(flat(size, {0.2, 0.4, 0.6}), {}, size, shapes, 2)) {
      EXPECT_NE(proposal.crops.empty(), proposal.refusal.empty());
      EXPECT_TRUE(proposal.aspect.name != "original" || !proposal.crops.empty());
      for (const Crop& crop : proposal.crops) {
        EXPECT_GE(crop.part.left, 0);
        EXPECT_LE(crop.part.left + crop.part.width, size.width);
        EXPECT_LE(crop.part.top + crop.part.height, size.height);
      }
    }
  }
}

TEST(Crops, AreTheSameEveryTime) {
  image::Image picture = flat({300, 200}, {0.75, 0.8, 0.85});
  put_disc(picture, 90, 80, 20, {0.9, 0.2, 0.1});
  const auto one = proposed(picture, {}, {900, 600}, shapes),
             other = proposed(picture, {}, {900, 600}, shapes);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].crops.front().part, other[i].crops.front().part);
    EXPECT_EQ(one[i].crops.front().reasons, other[i].crops.front().reasons);
  }
}

TEST(Crops, AHeadGetsRoomAboveAndBeforeIt) {
  Evidence evidence;
  evidence.faces = {{{0.45, 0.4, 0.55, 0.55}, 0.9, Facing::left}};
  evidence.things = map_with({40, 40}, {0.4, 0.3, 0.6, 0.6});
  const image::Image picture = flat({600, 400}, {0.5, 0.5, 0.5});
  const Crop crop = proposed(picture, evidence, {600, 400}, {"3:2"}).front().crops.front();
  const Box part = box_of(crop.part, {600, 400});
  const Box head = head_of(evidence.faces.front().box);
  EXPECT_GE(head.left - part.left, part.right - head.right - 0.02);
  EXPECT_GT(head.top - part.top, 0.05 * head.height());
}

}  // namespace
}  // namespace atelier::assist
