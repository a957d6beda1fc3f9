// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/copies.hpp"

#include <gtest/gtest.h>

#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"

namespace atelier::vision {
namespace {

image::Image example(const char* name) {
  return image::load(std::filesystem::path(ATELIER_SOURCE_DIR) / "examples" / name);
}

image::Image mirrored(image::Image picture) {
  for (int y = 0; y < picture.height; ++y) {
    auto* row = picture.rgb.data() + std::ptrdiff_t{3} * y * picture.width;
    for (int x = 0; x < picture.width / 2; ++x)
      std::swap_ranges(row + 3 * x, row + 3 * x + 3, row + 3 * (picture.width - 1 - x));
  }
  return picture;
}

image::Image damaged(const image::Image& picture) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "copy.jpg";
  image::save(picture, file, {.quality = 30});
  return image::load(file);
}

void expect_part(const Copy& copy, const image::Part& part) {
  const double slack = 0.02 * std::max(part.width, part.height);
  EXPECT_NEAR(copy.part.left, part.left, slack);
  EXPECT_NEAR(copy.part.top, part.top, slack);
  EXPECT_NEAR(copy.part.width, part.width, slack);
  EXPECT_NEAR(copy.part.height, part.height, slack);
}

TEST(Copies, AreFoundWhereverTheyWereCutFrom) {
  const image::Image work = example("villa-with-orange-trees.jpg");
  const int width = work.width, height = work.height;
  for (const image::Part part : {image::Part{width / 2, height / 3, width * 2 / 5, height / 2},
                                 image::Part{0, 0, width, height},
                                 image::Part{width / 10, height / 2, width / 3, height / 3}}) {
    const image::Image cut = image::cut(work, part);
    const auto plain = CopyFinder(cut).in(work);
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->mirrored);
    expect_part(*plain, part);
    const auto small =
        CopyFinder(damaged(image::resize(cut, {cut.width * 2 / 3, cut.height * 2 / 3}))).in(work);
    ASSERT_TRUE(small);
    expect_part(*small, part);
    const auto other_way = CopyFinder(mirrored(cut)).in(work);
    ASSERT_TRUE(other_way);
    EXPECT_TRUE(other_way->mirrored);
    expect_part(*other_way, part);
    // The work, looked for in what was made from it: all of that is of it.
    const auto back = CopyFinder(work).in(cut);
    ASSERT_TRUE(back);
    expect_part(*back, {0, 0, cut.width, cut.height});
  }
}

TEST(Copies, AreNoOtherPictures) {
  const char* names[] = {"coffee.png", "chelsea.png", "villa-with-orange-trees.jpg", "reading.jpg"};
  for (const char* name : names) {
    const CopyFinder finder(example(name));
    for (const char* other : names) EXPECT_EQ(finder.in(example(other)).has_value(), name == other);
  }
}

TEST(Copies, AreNotFoundWhereThereIsNothing) {
  const image::Image work = example("coffee.png");
  const CopyFinder finder(work);
  for (const image::Size size : {image::Size{300, 200}, {1, 1}, {15, 400}, {16, 16}, {3, 9000}}) {
    image::Image flat{size.width, size.height, {}, {}};
    flat.rgb.assign(flat.pixels() * 3, 0.4F);
    EXPECT_FALSE(CopyFinder(flat).in(work));
    EXPECT_FALSE(finder.in(flat));
    EXPECT_FALSE(CopyFinder(flat).in(flat));
  }
}

TEST(Copies, AreToldTheSameAgain) {
  const image::Image work = example("coffee.png");
  const image::Image cut = image::cut(work, {40, 30, work.width / 2, work.height / 2});
  const auto one = CopyFinder(cut).in(work), two = CopyFinder(cut).in(work);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->agreeing, two->agreeing);
  EXPECT_EQ(one->part.left, two->part.left);
}

}  // namespace
}  // namespace atelier::vision
