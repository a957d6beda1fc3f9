// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/elementwise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "plain.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

/// Numbers of positions and of blocks.
template <class Body>
void on_every_shape(const Body& body) {
  on_every_instruction_set([&] {
    for (const std::size_t positions : {0, 1, 2, 7, 48}) {
      for (const std::size_t blocks : {1, 2, 5, 33}) {
        SCOPED_TRACE(testing::Message() << positions << " positions, " << blocks << " blocks");
        RandomStream random(positions * 100 + blocks, "elementwise");
        body(positions, blocks, random);
      }
    }
  });
}

bool bit(const std::vector<std::uint16_t>& words, std::size_t i) {
  return words[i / block] >> (i % block) & 1;
}

/// Exact: one addition and one comparison.
TEST(Elementwise, AddsBiasAndCutsBelowZero) {
  on_every_shape([](std::size_t positions, std::size_t blocks, RandomStream& random) {
    const std::size_t stride = blocks * block;
    const auto before = random_floats(positions * stride, random),
               bias = random_floats(stride, random);
    std::vector<float> values = before, want(before.size());
    std::vector<std::uint16_t> mask(positions * blocks, 0xa5a5), mask_want(mask.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      const float sum = before[i] + bias[i % stride];
      want[i] = std::max(sum, 0.0F);
      mask_want[i / block] |= static_cast<std::uint16_t>((sum > 0) << (i % block));
    }
    add_bias_relu(values.data(), positions, bias.data(), blocks, mask.data());
    EXPECT_EQ(values, want);
    EXPECT_EQ(mask, mask_want);
    values = before;
    add_bias_relu(values.data(), positions, bias.data(), blocks, nullptr);
    EXPECT_EQ(values, want);
  });
}

/// A value of zero exactly does not pass: its slope is taken as zero.
TEST(Elementwise, LetsNoGradientThroughAtZero) {
  on_every_instruction_set([] {
    std::vector<float> values(block, -2);
    values[5] = -1.5;
    const std::vector<float> bias(block, 2);
    std::uint16_t mask = 0xffff;
    add_bias_relu(values.data(), 1, bias.data(), 1, &mask);
    EXPECT_EQ(mask, 1 << 5);
    EXPECT_EQ(values[5], 0.5);
    EXPECT_EQ(values[4], 0);
  });
}

TEST(Elementwise, CopiesWhatTheMaskPasses) {
  on_every_shape([](std::size_t positions, std::size_t blocks, RandomStream& random) {
    auto values = random_floats(positions * blocks * block, random);
    std::vector<std::uint16_t> mask(positions * blocks);
    for (std::uint16_t& word : mask) word = static_cast<std::uint16_t>(random.next());
    std::vector<float> want(values.size()), to(values.size(), 9);
    for (std::size_t i = 0; i < values.size(); ++i) {
      want[i] = bit(mask, i) ? values[i] : 0;
      // What does not pass is not even looked at.
      if (!bit(mask, i)) values[i] = std::numeric_limits<float>::quiet_NaN();
    }
    copy_masked(values.data(), mask.data(), positions, blocks, to.data());
    EXPECT_EQ(to, want);
  });
}

/// The copy is exact; the sum within 1e-6 of one in double.
TEST(Elementwise, PacksPositionsLessAShift) {
  on_every_shape([](std::size_t positions, std::size_t blocks, RandomStream& random) {
    const std::size_t stride = blocks * block, depth = positions + 3;
    const auto values = random_floats(positions * stride, random),
               shift = random_floats(stride, random);
    std::vector<float> sum = random_floats(stride, random), panels(blocks * depth * block, 9);
    std::vector<float> panels_want = panels;
    std::vector<double> sum_want(sum.begin(), sum.end());
    for (std::size_t p = 0; p < positions; ++p) {
      for (std::size_t c = 0; c < stride; ++c) {
        const float less = values[p * stride + c] - shift[c];
        panels_want[(c / block * depth + p) * block + c % block] = less;
        sum_want[c] += less;
      }
    }
    pack_shifted(values.data(), positions, blocks, shift.data(), panels.data(), depth, sum.data());
    EXPECT_EQ(panels, panels_want);
    EXPECT_LE(relative_error<double>(sum, sum_want, 1), 1e-6);
  });
}

/// Exact: one addition.
TEST(Elementwise, CopiesWithAnOffset) {
  on_every_shape([](std::size_t positions, std::size_t blocks, RandomStream& random) {
    const std::size_t stride = blocks * block;
    const auto from = random_floats(positions * stride, random),
               offset = random_floats(stride, random);
    std::vector<float> want(from.size()), values(from.size(), 9);
    for (std::size_t i = 0; i < from.size(); ++i) want[i] = from[i] + offset[i % stride];
    copy_with_offset(from.data(), positions, blocks, offset.data(), values.data());
    EXPECT_EQ(values, want);
  });
}

}  // namespace
}  // namespace atelier::tensor
