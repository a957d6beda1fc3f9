// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/resources.hpp"
#include "atelier/base/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <thread>

namespace atelier {
namespace {

constexpr std::int64_t mib = 1 << 20;

TEST(Resources, PeakMemoryGrowsWithWhatIsTouched) {
  const std::int64_t before = peak_rss_bytes();
  EXPECT_GT(before, mib);
  const std::vector<char> touched(static_cast<std::size_t>(before + 64 * mib), 'x');
  EXPECT_GE(peak_rss_bytes(), before + 32 * mib);
  EXPECT_EQ(touched.back(), 'x');
}

TEST(Resources, AvailableMemoryIsThatOfARealMachine) {
  EXPECT_GT(available_memory_bytes(), 16 * mib);
  EXPECT_LT(available_memory_bytes(), 64LL << 40);
}

TEST(Resources, FreeDiskIsThatOfTheNearestFolder) {
  const TemporaryFolder folder;
  EXPECT_GT(free_disk_bytes(folder.path()), 0);
  EXPECT_GT(free_disk_bytes(folder.path() / "not/yet/there"), 0);
}

TEST(Resources, ProcessorsAreThoseOfTheAffinity) {
  EXPECT_GE(processor_count(), 1);
  EXPECT_LE(processor_count(), static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  // In a thread of its own, so that the others keep their processors.
  std::thread([] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
    ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
    EXPECT_EQ(processor_count(), 1);
  }).join();
}

TEST(Resources, ProcessorFeaturesAreNamedOnce) {
  auto features = processor().features;
  std::sort(features.begin(), features.end());
  EXPECT_EQ(std::adjacent_find(features.begin(), features.end()), features.end());
#ifdef __AVX2__
  EXPECT_TRUE(std::binary_search(features.begin(), features.end(), "avx2"));
#endif
}

}  // namespace
}  // namespace atelier
