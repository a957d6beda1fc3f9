// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/faces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "../base/environment.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"

namespace atelier::vision {
namespace {

image::Image example(const char* name) {
  return image::load(std::filesystem::path(ATELIER_SOURCE_DIR) / "examples" / name);
}

/// Where the eyes and the mouth of the portrait lie, px of its 256 x 256.
constexpr image::Size eye_left{106, 100}, eye_right{151, 104}, mouth{127, 145};

bool holds(const Face& face, image::Size point, double scale = 1) {
  const double x = scale * point.width, y = scale * point.height;
  return x > face.x && x < face.x + face.width && y > face.y && y < face.y + face.height;
}

bool has_detector() {
  try {
    static_cast<void>(cascade_folder());
    return true;
  } catch (const Error&) {
    return false;
  }
}

#define NEEDS_DETECTOR() \
  if (!has_detector())   \
  GTEST_SKIP() << "the detector's data is not there: apt-get install opencv-data"

TEST(Faces, FindsThePortraitsFaceAtSeveralSizes) {
  NEEDS_DETECTOR();
  const image::Image portrait = example("astronaut-portrait.png");
  for (const int edge : {128, 256, 600}) {
    const auto faces = find_faces(image::resize(portrait, {edge, edge}));
    ASSERT_EQ(faces.size(), 1U) << edge;
    const Face& face = faces.front();
    const double scale = edge / 256.0;
    EXPECT_TRUE(holds(face, eye_left, scale) && holds(face, eye_right, scale) &&
                holds(face, mouth, scale))
        << edge;
    EXPECT_NEAR(face.width, 98 * scale, 18 * scale);
    EXPECT_GT(face.confidence, 0.7);
    EXPECT_LT(face.confidence, 1);
    EXPECT_EQ(face.facing, Facing::viewer);
  }
}

TEST(Faces, FollowTheMirrorAndThePlace) {
  NEEDS_DETECTOR();
  const image::Image portrait = example("astronaut-portrait.png");
  image::Image mirror = portrait;
  for (int y = 0; y < 256; ++y) {
    for (int x = 0; x < 256; ++x) {
      for (int c = 0; c < 3; ++c)
        mirror.rgb[3 * (y * 256 + x) + c] = portrait.rgb[3 * (y * 256 + 255 - x) + c];
    }
  }
  const auto one = find_faces(portrait), other = find_faces(mirror);
  ASSERT_EQ(one.size(), 1U);
  ASSERT_EQ(other.size(), 1U);
  EXPECT_NEAR(one[0].x + one[0].width / 2, 256 - other[0].x - other[0].width / 2, 10);
}

TEST(Faces, ThereAreNoneInACoffeeAndARocketNorInGrey) {
  NEEDS_DETECTOR();
  EXPECT_TRUE(find_faces(image::resize(example("coffee.png"), {300, 200})).empty());
  EXPECT_TRUE(find_faces(image::resize(example("rocket.jpg"), {320, 213})).empty());
  image::Image grey;
  grey.width = grey.height = 64;
  grey.rgb.assign(64 * 64 * 3, 0.5F);
  EXPECT_TRUE(find_faces(grey).empty());
  grey.width = grey.height = 4;  // smaller than any face that is looked for
  EXPECT_TRUE(find_faces(grey).empty());
}

TEST(Faces, KeepToTheSizesAndTheConfidenceAsked) {
  NEEDS_DETECTOR();
  const image::Image portrait = example("astronaut-portrait.png");
  EXPECT_TRUE(find_faces(portrait, {.max_size = 0.2}).empty());
  EXPECT_TRUE(find_faces(portrait, {.min_size = 0.7}).empty());
  EXPECT_TRUE(find_faces(portrait, {.min_confidence = 1}).empty());
  EXPECT_THROW(static_cast<void>(find_faces(portrait, {.min_size = 0.5, .max_size = 0.4})), Error);
  EXPECT_THROW(static_cast<void>(find_faces(portrait, {.max_size = 2})), Error);
  EXPECT_THROW(static_cast<void>(find_faces(portrait, {.min_confidence = -1})), Error);
}

TEST(Faces, AMissingDetectorNamesTheCommandThatBringsIt) {
  const auto expect_remedy = [](const auto& call) {
    try {
      call();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::missing_capability);
      EXPECT_NE(std::string(error.what()).find("apt-get install opencv-data"), std::string::npos)
          << error.what();
    }
  };
  const TemporaryFolder empty;
  const image::Image portrait = example("astronaut-portrait.png");
  expect_remedy([&] { static_cast<void>(find_faces(portrait, {.cascades = empty.path()})); });
  const test::Variable named("ATELIER_CASCADES");
  named.set((empty.path() / "none").c_str());
  expect_remedy([] { static_cast<void>(cascade_folder()); });
  expect_remedy([&] { static_cast<void>(find_faces(portrait)); });
}

TEST(FaceMask, IsSoftAndOneWithinAndNoughtFarAway) {
  const std::vector<Face> faces{{40, 30, 20, 20, 1, Facing::viewer}};
  const image::Mask mask = face_mask({100, 80}, faces);
  const auto at = [&](int x, int y) { return mask.values[static_cast<std::size_t>(y) * 100 + x]; };
  EXPECT_EQ(mask.width, 100);
  EXPECT_EQ(mask.values.size(), 8000U);
  EXPECT_EQ(at(50, 40), 1);
  EXPECT_EQ(at(42, 40), 1);
  EXPECT_EQ(at(50, 30), 1);
  EXPECT_EQ(at(20, 40), 0);
  EXPECT_EQ(at(50, 70), 0);
  for (int x = 0; x + 1 < 50; ++x) {
    EXPECT_LE(at(x, 40), at(x + 1, 40));
    EXPECT_LT(at(x + 1, 40) - at(x, 40), 0.4);
  }
  for (int x = 0; x < 100; ++x) EXPECT_FLOAT_EQ(at(x, 40), at(99 - x, 40));  // its centre is 50, 40
}

TEST(FaceMask, OfNoFaceIsEmptyAndFacesAtTheBorderAreCut) {
  const image::Mask none = face_mask(image::Size{30, 20}, {});
  EXPECT_EQ(std::count(none.values.begin(), none.values.end(), 0.0F), 600);
  const image::Mask cut = face_mask({30, 20}, {{-10, -10, 20, 20, 1, Facing::viewer}});
  EXPECT_EQ(cut.values.front(), 1);
  EXPECT_EQ(cut.values.back(), 0);
  const image::Mask two = face_mask(
      {100, 80}, {{40, 30, 20, 20, 1, Facing::viewer}, {58, 30, 20, 20, 1, Facing::viewer}});
  for (const float value : two.values) EXPECT_TRUE(value >= 0 && value <= 1);
}

TEST(FaceMask, OfThePortraitCoversTheFaceAndNotTheCorners) {
  NEEDS_DETECTOR();
  const image::Mask mask = face_mask(example("astronaut-portrait.png"));
  for (const image::Size point : {eye_left, eye_right, mouth})
    EXPECT_GT(mask.values[static_cast<std::size_t>(point.height) * 256 + point.width], 0.9F);
  EXPECT_EQ(mask.values.front(), 0);
  EXPECT_EQ(mask.values.back(), 0);
}

}  // namespace
}  // namespace atelier::vision
