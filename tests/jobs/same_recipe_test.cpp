// SPDX-License-Identifier: Apache-2.0
#include "jobs/same_recipe.hpp"

#include <gtest/gtest.h>

namespace atelier::jobs {
namespace {

constexpr image::Size size{64, 48};

/// As it is asked for: tile and engine are left to the program.
Recipe asked() {
  Recipe recipe;
  recipe.version = "1";
  recipe.command = "stylize";
  recipe.options.device = "cpu";
  recipe.options.threads = 2;
  recipe.content = {"a.png", "aa"};
  recipe.styles = {{"b.png", "bb"}};
  recipe.model = "vgg19";
  recipe.model_sha256 = "cc";
  return recipe;
}

/// As it is recorded when it was painted.
Recipe painted() {
  Recipe recipe = asked();
  recipe.options.tile = style::tile_off;
  recipe.options.engine = "winograd";
  return recipe;
}

bool same(const Recipe& found, const Recipe& wanted = asked()) {
  return same_recipe(to_json(found), wanted, size);
}

TEST(SameRecipe, WhatWasPaintedIsWhatIsAskedFor) {
  EXPECT_TRUE(same(painted()));
}

TEST(SameRecipe, WhereFilesLieAndHowFastItWentDoesNotMatter) {
  Recipe found = painted();
  found.content.path = "/elsewhere/a.png";
  found.styles[0].path = "other.png";
  found.options.threads = 16;
  found.options.preset = "draft";
  EXPECT_TRUE(same(found));
}

TEST(SameRecipe, WhatIsPaintedIsToldWithoutWhereAndHowFast) {
  Recipe other = asked();
  other.content.path = "/elsewhere/a.png";
  other.options.threads = 16;
  other.stopped_after = 5;
  EXPECT_EQ(what_is_painted(other), what_is_painted(asked()));
  for (const auto& change : std::vector<void (*)(Recipe&)>{
           [](Recipe& r) { r.content.sha256 = "dd"; }, [](Recipe& r) { r.version = "2"; },
           [](Recipe& r) { r.model_sha256 = "dd"; }, [](Recipe& r) { r.options.seed = 3; },
           [](Recipe& r) { r.options.engine = "torch"; }, [](Recipe& r) { r.options.tile = 64; },
           [](Recipe& r) { r.options.device = "cuda"; }}) {
    Recipe another = asked();
    change(another);
    EXPECT_NE(what_is_painted(another), what_is_painted(asked()));
  }
}

TEST(SameRecipe, EveryOptionThatDecidesAPictureMatters) {
  const auto& table = style::stylize_option_table();
  for (const auto& [name, value] : {std::pair{"size", "256"},
                                    {"style-weight", "2"},
                                    {"loss", "gram"},
                                    {"seed", "3"},
                                    {"style-layers", "relu1_1"},
                                    {"iterations", "3"},
                                    {"init", "noise"},
                                    {"device", "cuda"},
                                    {"time-limit", "5"}}) {
    Recipe found = painted();
    table.find(name)->parse(found.options, std::string_view(value));
    EXPECT_FALSE(same(found)) << name;
  }
}

TEST(SameRecipe, InputsWeightsAndVersionMatter) {
  Recipe found = painted();
  found.content.sha256 = "ab";
  EXPECT_FALSE(same(found));
  found = painted();
  found.styles.push_back({"c.png", "dd"});
  EXPECT_FALSE(same(found));
  found = painted();
  found.model_sha256 = "ce";
  EXPECT_FALSE(same(found));
  found = painted();
  found.version = "2";
  EXPECT_FALSE(same(found));
}

TEST(SameRecipe, AStartFromAFileIsKnownByWhatItHolds) {
  Recipe found = painted(), wanted = asked();
  found.init = {"here.png", "ee"};
  found.options.init = "here.png";
  wanted.init = {"there.png", "ee"};
  wanted.options.init = "there.png";
  EXPECT_TRUE(same(found, wanted));
  wanted.init->sha256 = "ef";
  EXPECT_FALSE(same(found, wanted));
}

TEST(SameRecipe, WhatTheUserEndedIsNotDoneButATimeLimitIsKept) {
  Recipe found = painted(), wanted = asked();
  found.stopped_after = 3;
  found.stop_reason = "cancelled";
  EXPECT_FALSE(same(found));
  found.stop_reason = "time_limit";
  found.options.time_limit = wanted.options.time_limit = 5;
  EXPECT_TRUE(same(found, wanted));
}

TEST(SameRecipe, AnEngineOrTileThatIsAskedForMustBeTheOne) {
  Recipe wanted = asked();
  wanted.options.engine = "torch";
  EXPECT_FALSE(same(painted(), wanted));
  wanted = asked();
  wanted.options.tile = 64;  // the picture is one tile of it, and none is recorded then
  EXPECT_TRUE(same(painted(), wanted));
  EXPECT_FALSE(same_recipe(to_json(painted()), wanted, {65, 48}));
  Recipe tiled = painted();
  tiled.options.tile = 64;
  EXPECT_TRUE(same_recipe(to_json(tiled), wanted, {128, 48}));
  wanted.options.tile = style::tile_off;
  EXPECT_FALSE(same_recipe(to_json(tiled), wanted, {128, 48}));
}

TEST(SameRecipe, AnythingElseThatIsJsonIsNone) {
  EXPECT_FALSE(same_recipe(nlohmann::json::array(), asked(), size));
  EXPECT_FALSE(same_recipe({{"options", 3}}, asked(), size));
  EXPECT_FALSE(same_recipe({{"options", {{"size", 512}}}, {"stop_reason", ""}}, asked(), size));
}

}  // namespace
}  // namespace atelier::jobs
