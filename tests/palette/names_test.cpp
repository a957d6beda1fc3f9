// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/names.hpp"

#include <gmock/gmock.h>

#include <set>

namespace atelier::palette {
namespace {

TEST(Names, EveryNamedColourIsCalledByItsName) {
  std::set<std::string_view> seen;
  for (const NamedColour& named : colour_names()) {
    EXPECT_EQ(name_of(named.rgb), named.name);
    EXPECT_TRUE(seen.insert(named.name).second) << named.name;
  }
  EXPECT_EQ(seen.size(), 139U);
}

TEST(Names, NearColoursAreNamedAsTheyLook) {
  EXPECT_EQ(name_of({0.99, 0.99, 0.99}), "white");
  EXPECT_EQ(name_of({0.02, 0.02, 0.02}), "black");
  EXPECT_EQ(name_of({78 / 255.0, 109 / 255.0, 152 / 255.0}), "steel blue");
}

TEST(Names, GivenNamesStay) {
  Palette palette{"", {{{1, 0, 0}, "mine", {}, {}}, {{1, 0, 0}, "", {}, {}}}};
  give_names(palette);
  EXPECT_EQ(palette.colours[0].name, "mine");
  EXPECT_EQ(palette.colours[1].name, "red");
}

}  // namespace
}  // namespace atelier::palette
