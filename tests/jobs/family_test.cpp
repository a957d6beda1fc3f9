// SPDX-License-Identifier: Apache-2.0
#include "jobs/family.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

Member member() {
  const gan::Latent latent = as_kept({2, 2, {0.123F, -1.5F, 2, 0}});
  return {"child", latent, {{"seed 1", latent, {}}, {"b.png", latent, {{"c.png", latent, {}}}}}};
}

TEST(Family, ComesBackAsItWasKept) {
  const Member read = member_from_json(to_json(member()));
  EXPECT_EQ(read.name, "child");
  EXPECT_EQ(read.latent.values, member().latent.values);
  ASSERT_EQ(read.parents.size(), 2U);
  EXPECT_EQ(read.parents[1].parents[0].name, "c.png");
  EXPECT_NEAR(read.latent.values[0], 0.123, 0.0005);
}

TEST(Family, RefusesWhatIsDamaged) {
  const auto refuses = [](auto&& damage) {
    nlohmann::json json = to_json(member());
    damage(json);
    EXPECT_THROW(static_cast<void>(member_from_json(json)), Error) << json;
  };
  refuses([](auto& json) { json["latent"]["levels"] = 3; });
  refuses([](auto& json) { json["latent"]["levels"] = -2; });
  refuses([](auto& json) { json["latent"]["size"] = 1 << 30; });
  refuses([](auto& json) { json["latent"]["size"] = 2.5; });
  refuses([](auto& json) { json["latent"]["levels"] = 1e300; });
  refuses([](auto& json) { json["latent"]["values"][1] = "x"; });
  refuses([](auto& json) { json["latent"]["values"][1] = 1e300; });
  refuses([](auto& json) { json["parents"] = 3; });
  refuses([](auto& json) { json.erase("name"); });
  refuses([](auto& json) {
    for (int i = 0; i < 70; ++i) {
      nlohmann::json child = to_json(member());
      child["parents"] = nlohmann::json::array({json});
      json = child;
    }
  });
}

}  // namespace
}  // namespace atelier::jobs
