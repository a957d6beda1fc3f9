// SPDX-License-Identifier: Apache-2.0
#include "cli/suggest.hpp"

#include <gtest/gtest.h>

namespace atelier::cli {
namespace {

const std::vector<std::string> commands{"stylize", "score", "models", "doctor"};

TEST(Suggest, FindsWhatWasMeant) {
  EXPECT_EQ(suggest("stylise", commands), "stylize");
  EXPECT_EQ(suggest("sytlize", commands), "stylize");  // a swap counts once
  EXPECT_EQ(suggest("scor", commands), "score");
  EXPECT_EQ(suggest("model", commands), "models");
  EXPECT_EQ(suggest("doctor", commands), "doctor");
}

TEST(Suggest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(suggest("paint", commands), "");
  EXPECT_EQ(suggest("x", commands), "");
  EXPECT_EQ(suggest("", commands), "");
  EXPECT_EQ(suggest("stylize", {}), "");
}

}  // namespace
}  // namespace atelier::cli
