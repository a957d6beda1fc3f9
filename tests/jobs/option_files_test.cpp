// SPDX-License-Identifier: Apache-2.0
#include "jobs/option_files.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/recipe.hpp"
#include "jobs/masks.hpp"

namespace atelier::jobs {
namespace {

style::StylizeOptions example() {
  style::StylizeOptions options;
  options.style_mask = {"a.png", "-", "b.png"};
  options.content_mask = "c.png";
  options.protect = {"faces", "d.png"};
  options.texture = "e.png";
  return options;
}

TEST(OptionFiles, AreThePathsAndNotTheWords) {
  style::StylizeOptions options = example();
  std::string names;
  for (const auto& [option, path] : option_files(options)) names += option + "=" + *path + " ";
  EXPECT_EQ(names,
            "--style-mask=a.png --style-mask=b.png --content-mask=c.png --protect=d.png "
            "--texture=e.png ");
  *option_files(options)[1].path = "moved.png";
  EXPECT_EQ(options.style_mask[2], "moved.png");
  style::StylizeOptions none;
  EXPECT_TRUE(option_files(none).empty());
}

TEST(OptionFiles, StandInTheRecipeAndEachIsNeeded) {
  Recipe recipe;
  recipe.version = "0.1.0";
  recipe.command = "stylize";
  recipe.options = example();
  recipe.content = {"photo.png", std::string(64, 'a')};
  recipe.styles = {{"one.png", std::string(64, 'b')}};
  recipe.model = "vgg19";
  recipe.model_sha256 = std::string(64, 'e');
  for (const auto& file : option_files(recipe.options)) {
    recipe.files.push_back({*file.path, std::string(64, 'f')});
  }
  nlohmann::json json = to_json(recipe);
  const Recipe again = recipe_from_json(json);
  EXPECT_EQ(to_json(again), json);
  ASSERT_EQ(again.files.size(), 5U);
  EXPECT_EQ(again.files[3].path, "d.png");
  json["files"].erase(0);
  EXPECT_THROW(static_cast<void>(recipe_from_json(json)), Error);
}

class Masks : public testing::Test {
 protected:
  /// A picture of one grey whose left half has another.
  std::string write(const char* name, image::Size size, float left, float right) {
    image::Image picture;
    picture.width = size.width;
    picture.height = size.height;
    for (std::size_t i = 0; i < picture.pixels(); ++i) {
      const bool is_left = static_cast<int>(i) % size.width < size.width / 2;
      picture.rgb.insert(picture.rgb.end(), 3, is_left ? left : right);
    }
    const auto path = folder_.path() / name;
    image::save(picture, path, {.bits = 16});
    return path.string();
  }

  TemporaryFolder folder_;
};

TEST_F(Masks, AreBroughtToThePhotographsSize) {
  const image::Mask mask = load_mask(write("m.png", {32, 24}, 0, 1), {64, 48});
  ASSERT_EQ(mask.values.size(), 64U * 48);
  EXPECT_EQ(mask.values.front(), 0);
  EXPECT_EQ(mask.values[60], 1);
}

TEST_F(Masks, OfAnotherShapeOrBlackAreRefused) {
  const auto refusal = [](const std::string& path) -> std::string {
    try {
      static_cast<void>(load_mask(path, {64, 48}));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(refusal(write("m.png", {48, 48}, 0, 1)).find("shape"), std::string::npos);
  EXPECT_NE(refusal(write("b.png", {32, 24}, 0, 0)).find("black throughout"), std::string::npos);
  EXPECT_EQ(refusal(write("ok.png", {32, 24}, 0, 0.1F)), "");
}

TEST_F(Masks, ProtectionIsTheGreaterOfSeveral) {
  style::StylizeOptions options;
  options.protect = {write("a.png", {32, 24}, 1, 0), write("b.png", {32, 24}, 0.5F, 0.5F)};
  image::Image photograph;
  photograph.width = 32;
  photograph.height = 24;
  const style::StylizeMasks masks = load_masks(options, photograph, 1).masks;
  ASSERT_TRUE(masks.protect.has_value());
  EXPECT_EQ(masks.protect->values[0], 1);
  EXPECT_NEAR(masks.protect->values[31], 0.5, 1e-5);
  EXPECT_TRUE(masks.styles.empty());
}

}  // namespace
}  // namespace atelier::jobs
