// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "atelier/image/file.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using Recipe = InFolder;
constexpr const char* names[] = {"a.png", "a.jpg", "a.tif", "a.webp"};

TEST_F(Recipe, ComesBackByteForByteInEveryFormat) {
  const Image image = pattern({32, 32}, 8, false);
  for (const std::string recipe :
       {R"({"seed": 7})", R"({"q": "\"quoted\" & <b>bold</b> 'x' ]]> &amp;"})",
        "{\n\t\"style\": \"Mus\xc3\xa9"
        "e \xe7\x94\xbb\xe5\xae\xb6 \xf0\x9f\x8e\xa8\",\r\n \"n\": \"a\\nb\"}"}) {
    for (const char* name : names) {
      save(image, in_folder(name), {.recipe = recipe});
      EXPECT_EQ(read_recipe(in_folder(name)), recipe) << name;
      EXPECT_EQ(load(in_folder(name)).width, 32) << name;
    }
  }
}

TEST_F(Recipe, IsAbsentWhereNoneWasKept) {
  for (const char* name : names) {
    save(pattern({32, 32}, 8, false), in_folder(name));
    EXPECT_EQ(read_recipe(in_folder(name)), std::nullopt) << name;
  }
}

TEST_F(Recipe, MayBeAMebibyteLong) {
  const std::string longest = nlohmann::json(std::string(max_recipe_bytes - 2, 'x')).dump();
  ASSERT_EQ(longest.size(), max_recipe_bytes);
  for (const char* name : {"a.png", "a.tif", "a.webp"}) {
    save(pattern({32, 32}, 8, false), in_folder(name), {.recipe = longest});
    EXPECT_EQ(read_recipe(in_folder(name)), longest) << name;
  }
  const std::string middling = nlohmann::json(std::string(55000, 'x')).dump();
  save(pattern({32, 32}, 8, false), in_folder("a.jpg"), {.recipe = middling});
  EXPECT_EQ(read_recipe(in_folder("a.jpg")), middling);
}

TEST_F(Recipe, IsRefusedInWordsWhenItCannotBeKept) {
  const Image image = pattern({32, 32}, 8, false);
  const Refusal too_long = refusal([&] {
    save(image, in_folder("b.png"),
         {.recipe = nlohmann::json(std::string(max_recipe_bytes, 'x')).dump()});
  });
  EXPECT_EQ(too_long.kind, ErrorKind::invalid_argument);
  const Refusal jpeg = refusal([&] {
    save(image, in_folder("b.jpg"), {.recipe = nlohmann::json(std::string(70000, 'x')).dump()});
  });
  EXPECT_EQ(jpeg.kind, ErrorKind::invalid_argument);
  EXPECT_THAT(jpeg.message, testing::HasSubstr("save it as PNG"));
  const Refusal not_json =
      refusal([&] { save(image, in_folder("b.png"), {.recipe = "seed = 7"}); });
  EXPECT_EQ(not_json.kind, ErrorKind::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(in_folder("b.png")));
  EXPECT_FALSE(std::filesystem::exists(in_folder("b.jpg")));
}

TEST_F(Recipe, OfAnotherProgramIsNotOurs) {
  vips::VImage image = flat({32, 32}, {1, 2, 3}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB);
  image = image.copy();
  image.set("png-comment-0-parameters", "a cat");
  const std::string packet = "<x:xmpmeta/>";
  vips_image_set_blob_copy(image.get_image(), VIPS_META_XMP_NAME, packet.data(), packet.size());
  image.pngsave(in_folder("a.png").c_str());
  image.tiffsave(in_folder("a.tif").c_str());
  EXPECT_EQ(read_recipe(in_folder("a.png")), std::nullopt);
  EXPECT_EQ(read_recipe(in_folder("a.tif")), std::nullopt);
}

}  // namespace
}  // namespace atelier::image
