// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/paths.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "environment.hpp"
#include "error_matcher.hpp"

namespace atelier {
namespace {

using test::Variable;

class Paths : public testing::Test {
 protected:
  Variable xdg_{"XDG_CACHE_HOME"};
  Variable home_{"HOME"};
};

TEST_F(Paths, FollowXdgCacheHome) {
  xdg_.set("/somewhere/cache");
  home_.set("/home/berthe");
  EXPECT_EQ(cache_dir(), "/somewhere/cache/atelier");
  EXPECT_EQ(models_dir(), "/somewhere/cache/atelier/models");
}

TEST_F(Paths, KeepWhatIsTheUsersOwnApart) {
  Variable data("XDG_DATA_HOME");
  home_.set("/home/berthe");
  data.set("/somewhere/data");
  EXPECT_EQ(data_dir(), "/somewhere/data/atelier");
  data.set("data");
  EXPECT_EQ(data_dir(), "/home/berthe/.local/share/atelier");
  home_.clear();
  EXPECT_ERROR(data_dir(), missing_capability, testing::HasSubstr("XDG_DATA_HOME"));
}

TEST_F(Paths, FallBackToTheHomeFolder) {
  home_.set("/home/berthe");
  xdg_.clear();
  EXPECT_EQ(cache_dir(), "/home/berthe/.cache/atelier");
  xdg_.set("");
  EXPECT_EQ(cache_dir(), "/home/berthe/.cache/atelier");
}

TEST_F(Paths, IgnoreARelativeXdgCacheHome) {
  home_.set("/home/berthe");
  xdg_.set("cache");
  EXPECT_EQ(cache_dir(), "/home/berthe/.cache/atelier");
}

TEST_F(Paths, SayWhatIsMissing) {
  xdg_.clear();
  home_.clear();
  EXPECT_ERROR(models_dir(), missing_capability,
               testing::AllOf(testing::HasSubstr("XDG_CACHE_HOME"), testing::HasSubstr("HOME is")));
  home_.set("");
  EXPECT_ERROR(cache_dir(), missing_capability, testing::HasSubstr("set one"));
}

}  // namespace
}  // namespace atelier
