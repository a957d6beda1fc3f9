// SPDX-License-Identifier: Apache-2.0
#include "train/held_out.hpp"

#include <gtest/gtest.h>

#include <set>

#include "../fast/random_vgg.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::train {
namespace {

std::set<std::string> names(const PictureSet& set, const std::vector<std::size_t>& places) {
  std::set<std::string> all;
  for (const std::size_t i : places) all.insert(set.pictures()[i].sha256);
  return all;
}

TEST(HeldOut, IsTheSameInWhateverSetAPictureStands) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "all", 60, 8, 0);
  fast::pack_waves(folder.path() / "half", 30, 8, 0);
  const PictureSet all(folder.path() / "all"), half(folder.path() / "half");
  const Division of_all = divided(all, 5), of_half = divided(half, 5);
  EXPECT_EQ(of_all.trained.size() + of_all.held_out.size(), 60U);
  EXPECT_GT(of_all.held_out.size(), 3U);
  EXPECT_LT(of_all.held_out.size(), 25U);
  const std::set<std::string> held_out = names(all, of_all.held_out);
  for (const std::string& name : names(half, of_half.held_out))
    EXPECT_TRUE(held_out.contains(name));
}

TEST(HeldOut, AndTrainedAreNeverEmpty) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "two", 2, 8, 0);
  const PictureSet two(folder.path() / "two");
  for (const unsigned one_in : {1U, 1000000U}) {
    EXPECT_EQ(divided(two, one_in).trained.size(), 1U);
    EXPECT_EQ(divided(two, one_in).held_out.size(), 1U);
  }
  fast::pack_waves(folder.path() / "one", 1, 8, 0);
  const Division alone = divided(PictureSet(folder.path() / "one"), 10);
  EXPECT_EQ(alone.trained, alone.held_out);
}

}  // namespace
}  // namespace atelier::train
