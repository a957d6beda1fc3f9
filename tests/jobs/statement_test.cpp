// SPDX-License-Identifier: Apache-2.0
#include "jobs/credentials/statement.hpp"

#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using provenance::Ingredient;
using provenance::Statement;
using Relation = Ingredient::Relation;

class StatementTest : public testing::Test {
 protected:
  [[nodiscard]] json recorded(const char* name, const char* bytes) const {
    const fs::path file = folder_.path() / name;
    write_file(file, bytes);
    return {{"path", file.string()}, {"sha256", sha256_file(file)}};
  }

  /// A picture that a generator painted, with its recipe.
  [[nodiscard]] fs::path painted(const char* name, const json& recipe) const {
    image::Image picture;
    picture.width = picture.height = 16;
    picture.rgb.assign(3 * picture.pixels(), 0.5F);
    image::save(picture, folder_.path() / name, {.recipe = recipe.dump()});
    return folder_.path() / name;
  }

  [[nodiscard]] Statement read(const json& recipe, const std::vector<fs::path>& named = {}) const {
    return statement_of(recipe, WorksAtHand(folder_.path() / "work.png", named));
  }

  [[nodiscard]] json stylized() const {
    return {{"atelier", "1"},
            {"command", "stylize"},
            {"options", {{"method", "optimize"}, {"style_mask", {"masks/left.png"}}}},
            {"content", recorded("photo.jpg", "photo")},
            {"styles", {recorded("one.jpg", "one"), recorded("two.jpg", "two")}},
            {"model", {{"name", "vgg19"}, {"sha256", "99"}}}};
  }

  TemporaryFolder folder_;
};

TEST_F(StatementTest, OfAPaintingNamesPhotographPaintingsAndNetwork) {
  const Statement said = read(stylized());
  ASSERT_EQ(said.ingredients.size(), 4U);
  EXPECT_EQ(said.ingredients[0].relation, Relation::parent);
  EXPECT_EQ(said.ingredients[0].title, "photo.jpg");
  EXPECT_EQ(said.ingredients[0].file, folder_.path() / "photo.jpg");
  EXPECT_EQ(said.ingredients[2].title, "two.jpg");
  EXPECT_EQ(said.ingredients[2].relation, Relation::input);
  EXPECT_TRUE(said.ingredients[3].is_model);
  EXPECT_EQ(said.ingredients[3].sha256, "99");
  ASSERT_EQ(said.deeds.size(), 2U);
  EXPECT_EQ(said.deeds[0].action, "c2pa.opened");
  EXPECT_EQ(said.deeds[0].ingredients, std::vector<std::size_t>{0});
  EXPECT_EQ(said.deeds[1].action, "c2pa.filtered");
  EXPECT_EQ(said.deeds[1].source_type, "compositeWithTrainedAlgorithmicMedia");
  EXPECT_EQ(said.deeds[1].ingredients, (std::vector<std::size_t>{1, 2, 3}));
  EXPECT_NE(said.deeds[1].description.find("2 works"), std::string::npos);
}

TEST_F(StatementTest, TellsNoFolders) {
  const Statement said = read(stylized());
  EXPECT_EQ(said.recipe.dump().find(folder_.path().string()), std::string::npos);
  EXPECT_EQ(said.recipe.at("content").at("path"), "photo.jpg");
  EXPECT_EQ(said.recipe.at("options").at("style_mask"), json({"left.png"}));
}

TEST_F(StatementTest, NamesWhatIsGoneOrChangedByItsDigest) {
  const json recipe = stylized();
  fs::rename(folder_.path() / "photo.jpg", folder_.path() / "elsewhere.jpg");
  write_file(folder_.path() / "one.jpg", "changed");
  Statement said = read(recipe);
  EXPECT_EQ(said.ingredients[0].file, "");
  EXPECT_EQ(said.ingredients[0].sha256, recipe.at("content").at("sha256"));
  EXPECT_EQ(said.ingredients[1].file, "");
  said = read(recipe, {folder_.path() / "elsewhere.jpg", folder_.path() / "missing.jpg"});
  EXPECT_EQ(said.ingredients[0].file, folder_.path() / "elsewhere.jpg");
  EXPECT_EQ(said.ingredients[0].title, "photo.jpg");
}

TEST_F(StatementTest, OfATranslationFindsThePhotographByDigestAlone) {
  const json photo = recorded("photo.jpg", "photo");
  const json recipe{{"command", "translate"},
                    {"content", {{"sha256", photo.at("sha256")}}},
                    {"model_sha256", "77"}};
  EXPECT_EQ(read(recipe).ingredients[0].title, "a picture");
  const Statement said = read(recipe, {folder_.path() / "photo.jpg"});
  EXPECT_EQ(said.ingredients[0].title, "photo.jpg");
  EXPECT_EQ(said.deeds[1].source_type, "compositeWithTrainedAlgorithmicMedia");
}

TEST_F(StatementTest, OfWhatAGeneratorPaintedIsCreatedByATrainedNetwork) {
  const Statement said = read({{"command", "generate"},
                               {"model", "runs/monet.safetensors"},
                               {"model_sha256", "55"},
                               {"seed", 3}});
  ASSERT_EQ(said.deeds.size(), 1U);
  EXPECT_EQ(said.deeds[0].action, "c2pa.created");
  EXPECT_EQ(said.deeds[0].source_type, "trainedAlgorithmicMedia");
  ASSERT_EQ(said.ingredients.size(), 1U);
  EXPECT_EQ(said.ingredients[0].title, "monet.safetensors");
}

TEST_F(StatementTest, OfAChildNamesItsParents) {
  const json latent{{"levels", 1}, {"size", 2}, {"values", {1, 2}}};
  const json other{{"levels", 1}, {"size", 2}, {"values", {3, 4}}};
  const auto picture = [](const json& grew) {
    return json{{"command", "breed"},
                {"model_sha256", "55"},
                {"family", {{"name", "x"}, {"latent", grew}, {"parents", json::array()}}}};
  };
  const fs::path beside = painted("a.png", picture(latent));
  const fs::path changed = painted("b.png", picture(other));
  const json recipe{{"command", "breed"},
                    {"model", "m"},
                    {"model_sha256", "55"},
                    {"family",
                     {{"name", "work.png"},
                      {"latent", latent},
                      {"parents",
                       {{{"name", "a.png"}, {"latent", latent}, {"parents", json::array()}},
                        {{"name", "b.png"}, {"latent", latent}, {"parents", json::array()}},
                        {{"name", "seed 12"}, {"latent", latent}, {"parents", json::array()}}}}}}};
  Statement said = read(recipe);
  ASSERT_EQ(said.ingredients.size(), 4U);  // with the model
  EXPECT_EQ(said.ingredients[1].file, beside);
  EXPECT_EQ(said.ingredients[1].sha256, sha256_file(beside));
  EXPECT_EQ(said.ingredients[2].file, "");  // of that name, and grown from other numbers
  EXPECT_EQ(said.ingredients[3].title, "seed 12");
  EXPECT_FALSE(said.recipe.contains("family"));
  // One that was named is taken at its name, if this generator painted it.
  said = read(recipe, {changed});
  EXPECT_EQ(said.ingredients[2].file, changed);
}

TEST_F(StatementTest, OfCutsAndNewColoursIsThatThePictureWasOpened) {
  const json content{{"sha256", "11"}};
  const Statement cut = read({{"command", "frame"}, {"content", content}});
  ASSERT_EQ(cut.deeds.size(), 2U);
  EXPECT_EQ(cut.deeds[1].action, "c2pa.cropped");
  EXPECT_EQ(cut.deeds[1].source_type, "");
  const Statement recoloured =
      read({{"command", "palette apply"}, {"content", content}, {"palette", {{"sha256", "22"}}}});
  EXPECT_EQ(recoloured.deeds[1].action, "c2pa.color_adjustments");
}

TEST_F(StatementTest, OfOtherAndDamagedRecipesIsEmpty) {
  for (const char* text :
       {"null", "[]", "{}", R"({"command":"dance"})", R"({"command":7})",
        R"({"command":"stylize"})",
        R"({"command":"stylize","content":{"path":1,"sha256":2},"styles":[],"model":{}})",
        R"({"command":"breed","model_sha256":"5","family":{"parents":[{"name":3}]}})"}) {
    EXPECT_TRUE(read(json::parse(text)).deeds.empty()) << text;
  }
}

TEST_F(StatementTest, RecipesAreCarriedByPicturesAlone) {
  EXPECT_EQ(carried_recipe(painted("a.png", {{"command", "x"}})).at("command"), "x");
  write_file(folder_.path() / "b.png", "no picture");
  EXPECT_TRUE(carried_recipe(folder_.path() / "b.png").is_null());
  EXPECT_TRUE(carried_recipe(folder_.path() / "none").is_null());
}

}  // namespace
}  // namespace atelier::jobs
