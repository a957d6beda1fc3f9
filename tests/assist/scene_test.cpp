// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/scene.hpp"

#include <gtest/gtest.h>

#include "assist/made_pictures.hpp"

namespace atelier::assist {
namespace {

using namespace test;

TEST(Scene, TellsTwoThingsAndWhereTheyAre) {
  image::Image picture = flat({600, 400}, {0.8, 0.82, 0.85});
  put(picture, {90, 120, 210, 300}, {0.2, 0.25, 0.3});
  put_disc(picture, 450, 130, 40, {0.85, 0.3, 0.2});
  const Scene scene = see(picture, {});
  ASSERT_EQ(scene.subjects.size(), 2U);
  const Subject &large = scene.subjects[0], &small = scene.subjects[1];
  EXPECT_NEAR(large.box.left, 0.15, 0.012);
  EXPECT_NEAR(large.box.right, 0.35, 0.012);
  EXPECT_NEAR(large.box.top, 0.30, 0.015);
  EXPECT_NEAR(large.box.bottom, 0.75, 0.015);
  EXPECT_NEAR(large.centre.x, 0.25, 0.005);
  EXPECT_NEAR(small.centre.x, 0.75, 0.01);
  EXPECT_NEAR(small.centre.y, 0.325, 0.01);
  EXPECT_GT(large.weight, small.weight);
  EXPECT_LE(large.weight + small.weight, 1 + 1e-9);
  EXPECT_GT(large.clearness, 0.9);
}

TEST(Scene, SceneryFromSideToSideIsNoSubject) {
  image::Image picture = flat({600, 400}, {0.8, 0.82, 0.85});
  put(picture, {0, 150, 600, 220}, {0.2, 0.4, 0.2});
  for (const Subject& subject : see(picture, {}).subjects) EXPECT_LT(subject.box.width(), 0.99);
}

TEST(Scene, WhatFillsHalfOfThePictureAndIsCutByItIsScenery) {
  image::Image picture = flat({600, 400}, {0.8, 0.82, 0.85});
  put(picture, {60, 40, 600, 400}, {0.2, 0.4, 0.2});
  const Scene scene = see(picture, {});
  EXPECT_TRUE(scene.subjects.empty());
  EXPECT_LT(scene.objects_certainty, objects_told);
}

TEST(Scene, WhereThingsAreEverywhereNoneIsTold) {
  image::Image picture = flat({600, 400}, {0.6, 0.6, 0.6});
  for (int i = 0; i < 24; ++i) {
    const double x = 40 + 100 * (i % 6), y = 40 + 100 * (i / 6);
    put_disc(picture, x, y, 25, i % 2 == 0 ? image::Rgb{0.9, 0.3, 0.1} : image::Rgb{0.1, 0.2, 0.7});
  }
  EXPECT_TRUE(see(picture, {}).subjects.empty());
}

TEST(Scene, WhereThingsAreEverywhereAMapOfThemTells) {
  image::Image picture = flat({600, 400}, {0.6, 0.6, 0.6});
  for (int i = 0; i < 24; ++i)
    put_disc(picture, 40 + 100 * (i % 6), 40 + 100 * (i / 6), 25, {i % 2 * 0.9, 0.3, 0.1});
  Evidence evidence;
  evidence.things = map_with({40, 40}, {0.1, 0.2, 0.5, 0.6});
  for (int y = 20; y < 30; ++y)
    for (int x = 30; x < 36; ++x) evidence.things->values[static_cast<std::size_t>(40 * y + x)] = 1;
  evidence.things->values[40 * 38 + 38] = 1;  // too small to be told
  const Scene scene = see(picture, evidence);
  ASSERT_EQ(scene.subjects.size(), 2U);
  EXPECT_GT(scene.subjects[0].weight, scene.subjects[1].weight);
  EXPECT_NEAR(scene.subjects[0].box.left, 0.1, 1e-9);
  EXPECT_NEAR(scene.subjects[0].box.bottom, 0.6, 1e-9);
  EXPECT_NEAR(scene.subjects[1].box.left, 0.75, 1e-9);
  EXPECT_NEAR(scene.subjects[1].box.bottom, 0.75, 1e-9);
  EXPECT_EQ(scene.subjects[0].clearness, 1);
  ASSERT_TRUE(scene.things.has_value());
  EXPECT_NEAR(scene.things->surely.left, 0.1, 0.02);
  EXPECT_NEAR(scene.things->surely.right, 0.9, 0.02);
}

TEST(Scene, HeadsComeFirstAndWeigh) {
  image::Image picture = flat({400, 400}, {0.6, 0.6, 0.6});
  put_disc(picture, 100, 300, 60, {1, 0.2, 0.1});
  const Face face{{0.6, 0.3, 0.7, 0.4}, 0.9, Facing::left};
  const Scene scene = see(picture, {{face}, {}, {}});
  ASSERT_EQ(scene.subjects.size(), 2U);
  const Subject& head = scene.subjects.front();
  EXPECT_TRUE(head.head);
  EXPECT_EQ(head.facing, Facing::left);
  EXPECT_NEAR(head.box.top, 0.25, 1e-9);    // half a face for the hair
  EXPECT_NEAR(head.box.left, 0.575, 1e-9);  // a quarter for the ears
  EXPECT_GT(head.weight, 0.1);
  EXPECT_FALSE(scene.subjects.back().head);
}

TEST(Scene, HeadsStayWithinThePicture) {
  const Box head = head_of({0.0, 0.02, 0.9, 1.0});
  EXPECT_EQ(head.top, 0);
  EXPECT_EQ(head.left, 0);
  EXPECT_EQ(head.bottom, 1);
}

TEST(Scene, EmptyPicturesHaveNoSubject) {
  for (const image::Size size : {image::Size{1, 1}, {1, 900}, {900, 1}, {50, 40}})
    EXPECT_TRUE(see(flat(size, {0.4, 0.5, 0.6}), {}).subjects.empty());
}

}  // namespace
}  // namespace atelier::assist
