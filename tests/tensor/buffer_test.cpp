// SPDX-License-Identifier: Apache-2.0
#include "tensor/buffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>
#include <utility>

namespace atelier::tensor {
namespace {

bool on_border(const void* memory, std::size_t of) {
  return reinterpret_cast<std::uintptr_t>(memory) % of == 0;
}

bool zeros(const Buffer<float>& buffer) {
  return std::all_of(buffer.data(), buffer.data() + buffer.size(), [](float v) { return v == 0; });
}

TEST(Buffer, IsZeroAndOnACacheLine) {
  for (const std::size_t count : {1, 15, 16, 17, 1000, 100000}) {
    const Buffer<float> buffer(count);
    EXPECT_EQ(buffer.size(), count);
    EXPECT_TRUE(on_border(buffer.data(), 64)) << count;
    EXPECT_TRUE(zeros(buffer)) << count;
  }
}

TEST(Buffer, LiesOnHugePagesWhenLarge) {
  constexpr std::size_t page = std::size_t{2} << 20;
  EXPECT_TRUE(on_border(Buffer<std::uint8_t>(page).data(), page));
  EXPECT_TRUE(on_border(Buffer<float>(page).data(), page));
}

TEST(Buffer, MayBeReadOneVectorBeyondItsEnd) {
  for (const std::size_t count : {1, 16, 33, 1 << 20}) {
    const Buffer<float> buffer(count);
    for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(buffer.data()[count + i], 0);
  }
}

TEST(Buffer, GrowsByBeingReplacedAndNeverShrinks) {
  Buffer<float> buffer;
  EXPECT_EQ(buffer.size(), 0U);
  EXPECT_EQ(buffer.data(), nullptr);
  buffer.reserve(0);
  EXPECT_EQ(buffer.data(), nullptr);
  buffer.reserve(10);
  buffer.data()[3] = 5;
  const float* before = buffer.data();
  buffer.reserve(7);
  EXPECT_EQ(buffer.size(), 10U);
  EXPECT_EQ(buffer.data(), before);
  EXPECT_EQ(buffer.data()[3], 5);
  buffer.reserve(1000);
  EXPECT_EQ(buffer.size(), 1000U);
  EXPECT_TRUE(zeros(buffer));
  buffer.release();
  EXPECT_EQ(buffer.size(), 0U);
  EXPECT_EQ(buffer.data(), nullptr);
  buffer.reserve(4);
  EXPECT_TRUE(zeros(buffer));
}

TEST(Buffer, IsEmptyOnceMovedFrom) {
  Buffer<float> from(20);
  const float* memory = from.data();
  Buffer<float> to = std::move(from);
  EXPECT_EQ(to.data(), memory);
  EXPECT_EQ(to.size(), 20U);
  from.reserve(10);  // NOLINT(bugprone-use-after-move): this is what the test asks
  ASSERT_NE(from.data(), nullptr);
  EXPECT_EQ(from.size(), 10U);
  to = std::move(from);
  EXPECT_EQ(to.size(), 10U);
}

TEST(Buffer, IsEmptyWhenThereIsNoMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer ends a program that asks for too much memory";
#else
  Buffer<std::uint8_t> buffer(10);
  constexpr std::size_t too_much = std::numeric_limits<std::size_t>::max() / 4;
  EXPECT_THROW(buffer.reserve(too_much), std::bad_alloc);
  EXPECT_EQ(buffer.size(), 0U);
  buffer.reserve(5);
  ASSERT_NE(buffer.data(), nullptr);
  EXPECT_EQ(buffer.size(), 5U);
#endif
}

}  // namespace
}  // namespace atelier::tensor
