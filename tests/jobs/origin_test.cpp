// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/origin.hpp"

#include <gtest/gtest.h>

#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

using Maker = Origin::Maker;
using provenance::Verification;

Verification with(std::initializer_list<const char*> source_types) {
  Verification said;
  said.state = Verification::State::holds;
  for (const char* type : source_types) said.deeds.push_back({"c2pa.edited", "", type});
  return said;
}

TEST(Origins, MachinesOutweighPeople) {
  EXPECT_EQ(maker_of(with({})), Maker::unknown);
  EXPECT_EQ(maker_of(with({"", "of a kind yet unknown"})), Maker::unknown);
  EXPECT_EQ(maker_of(with({"taken with a digital camera", "edited by a person"})), Maker::person);
  EXPECT_EQ(maker_of(with({"made by a trained network"})), Maker::machine);
  EXPECT_EQ(
      maker_of(with({"taken with a digital camera", "made of other works with a trained network"})),
      Maker::machine);
  EXPECT_EQ(maker_of(with({"digitalCapture"})), Maker::person);  // a code, as others may tell it
  EXPECT_EQ(maker_of(with({"corrected by a program"})), Maker::unknown);
}

TEST(Origins, AreReadFromOurRecipes) {
  const TemporaryFolder folder;
  image::Image picture{16, 16, std::vector<float>(3 * 16 * 16, 0.5F), {}};
  image::save(picture, folder.path() / "plain.png");
  image::save(picture, folder.path() / "made.png", {.recipe = R"({"command": "generate"})"});
  image::save(picture, folder.path() / "odd.jpg", {.recipe = "[1]"});
  EXPECT_EQ(origin_of(folder.path() / "plain.png").maker, Maker::unknown);
  const Origin made = origin_of(folder.path() / "made.png");
  EXPECT_EQ(made.maker, Maker::machine);
  EXPECT_EQ(made.evidence.front(), "its metadata hold a recipe of Atelier for generate");
  EXPECT_EQ(origin_of(folder.path() / "odd.jpg").maker, Maker::machine);
}

}  // namespace
}  // namespace atelier::jobs
