// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/recipe.hpp"

#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

Recipe example() {
  Recipe recipe;
  recipe.version = "0.1.0";
  recipe.command = "stylize";
  recipe.options.size = 300;
  recipe.options.seed = ~std::uint64_t{0};
  recipe.options.blend = {0.1, 0.9};
  recipe.options.init = "start.png";
  recipe.content = {"photo.png", std::string(64, 'a')};
  recipe.styles = {{"one.png", std::string(64, 'b')}, {"two.png", std::string(64, 'c')}};
  recipe.init = RecordedFile{"start.png", std::string(64, 'd')};
  recipe.model = "vgg19";
  recipe.model_sha256 = std::string(64, 'e');
  recipe.stopped_after = 12;
  recipe.stop_reason = "cancelled";
  return recipe;
}

TEST(Recipe, ComesBackFromJson) {
  const nlohmann::json json = to_json(example());
  const Recipe again = recipe_from_json(nlohmann::json::parse(json.dump()));
  EXPECT_EQ(to_json(again), json);
  EXPECT_EQ(again.options.seed, ~std::uint64_t{0}) << "all 64 bits of a seed must survive";
  EXPECT_EQ(again.options.blend, example().options.blend);
}

TEST(Recipe, EachMissingFieldIsNamed) {
  const nlohmann::json whole = to_json(example());
  for (const char* field :
       {"atelier", "command", "options", "content", "styles", "model", "precision"}) {
    nlohmann::json json = whole;
    json.erase(field);
    try {
      (void)recipe_from_json(json);
      ADD_FAILURE() << field;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      EXPECT_NE(std::string(error.what()).find(field), std::string::npos) << error.what();
    }
  }
}

TEST(Recipe, WrongTypesAndRangesAreRefused) {
  const nlohmann::json whole = to_json(example());
  for (const char* patch :
       {R"({"options": {"size": 1}})", R"({"options": {"size": "large"}})",
        R"({"options": {"unknown": 1}})", R"({"options": []})", R"({"content": 3})",
        R"({"styles": []})", R"({"styles": "x"})", R"({"command": "compose"})",
        R"({"model": {"name": 1}})", R"({"stopped_after": "x"})"}) {
    nlohmann::json json = whole;
    json.update(nlohmann::json::parse(patch));
    EXPECT_THROW((void)recipe_from_json(json), Error) << patch;
  }
  for (const char* text : {"null", "[]", "3", "\"x\""}) {
    EXPECT_THROW((void)recipe_from_json(nlohmann::json::parse(text)), Error) << text;
  }
}

TEST(FindRecorded, LooksHereThenBesideTheRecipe) {
  const fs::path folder = fs::path(testing::TempDir()) / "atelier-recipe-test";
  fs::create_directories(folder / "deep");
  write_file(folder / "photo.png", "old");
  const RecordedFile recorded{"photo.png", sha256_file(folder / "photo.png")};
  EXPECT_EQ(find_recorded(recorded, folder / "out.png"), folder / "photo.png");
  EXPECT_EQ(find_recorded({"elsewhere/photo.png", recorded.sha256}, folder / "out.png"),
            folder / "photo.png");

  write_file(folder / "photo.png", "new");
  EXPECT_THROW((void)find_recorded(recorded, folder / "out.png"), Error);
  write_file(folder / "deep" / "photo.png", "old");
  EXPECT_EQ(find_recorded({(folder / "photo.png").string(), recorded.sha256},
                          folder / "deep" / "out.png"),
            folder / "deep" / "photo.png")
      << "a copy with the right content is taken before one that has changed";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace atelier::jobs
