// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/behind.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace atelier {
namespace {

TEST(Behind, DoesAllInOrder) {
  std::vector<int> done, want;
  {
    Behind behind(2);
    for (int i = 0; i < 50; ++i) {
      behind.then([&done, i] { done.push_back(i); });
      want.push_back(i);
    }
    behind.finish();
    EXPECT_EQ(done, want);
    behind.then([&] { done.push_back(50); });
  }
  want.push_back(50);  // whoever goes waits for what was given
  EXPECT_EQ(done, want);
}

TEST(Behind, ThrowsOnceAndDropsWhatWaits) {
  Behind behind(4);
  bool after = false;
  // The second piece is given while the first still waits for it.
  std::mutex held;
  held.lock();
  behind.then([&] {
    const std::lock_guard lock(held);
    throw std::runtime_error("full");
  });
  behind.then([&] { after = true; });
  held.unlock();
  EXPECT_THROW(behind.finish(), std::runtime_error);
  EXPECT_FALSE(after);
  behind.then([&] { after = true; });
  behind.finish();
  EXPECT_TRUE(after);
}

}  // namespace
}  // namespace atelier
