// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/pooling.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "plain.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

constexpr Finish finishes[] = {Finish::relu_max, Finish::relu_average};

/// Multiples of a quarter, of which many are equal, and all sums and means exact.
Layer coarse_layer(int height, int width, std::size_t channels, RandomStream& random) {
  Layer layer(height, width, channels);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (std::size_t c = 0; c < channels; ++c) {
        layer.at(y, x)[c] = 0.25F * static_cast<float>(static_cast<int>(random.next() % 9) - 4);
      }
    }
  }
  return layer;
}

struct Pooled {
  Layer values;
  Bits mask;
};

/// Which of a window's values is the first of the greatest.
int first_greatest(Layer& in, int y, int x, std::size_t c) {
  int best = 0;
  for (int k = 1; k < 4; ++k) {
    const auto value = [&](int i) { return in.at(2 * y + i / 2, 2 * x + i % 2)[c]; };
    if (value(k) > value(best)) best = k;
  }
  return best;
}

Pooled plain_pool(Layer& in, Finish finish) {
  Pooled pooled{Layer(in.height / 2, in.width / 2, in.channels),
                Bits(in.height, in.width, in.channels)};
  for (int y = 0; y < in.height / 2; ++y) {
    for (int x = 0; x < in.width / 2; ++x) {
      for (std::size_t c = 0; c < padded(in.channels); ++c) {
        const int best = first_greatest(in, y, x, c);
        double sum = 0;
        for (int k = 0; k < 4; ++k) {
          const int from_y = 2 * y + k / 2, from_x = 2 * x + k % 2;
          const float value = in.at(from_y, from_x)[c];
          sum += value;
          const bool passes = finish == Finish::relu_average || k == best;
          if (passes && finish == Finish::relu_max) pooled.values.at(y, x)[c] = value;
          pooled.mask.view().at(from_y, from_x)[c / block] |=
              static_cast<std::uint16_t>(passes << (c % block));
        }
        if (finish == Finish::relu_average) pooled.values.at(y, x)[c] = static_cast<float>(sum / 4);
      }
    }
  }
  return pooled;
}

Pooled fast_pool(Layer& in, Finish finish) {
  Pooled pooled{Layer(in.height / 2, in.width / 2, in.channels, 9),
                Bits(in.height, in.width, in.channels, 0xa5a5)};
  const Mask mask = pooled.mask.view();
  pool(in.view(), finish, pooled.values.view(), &mask);
  return pooled;
}

/// Equal: the numbers are such that nothing is rounded.
void check(int height, int width, std::size_t channels, RandomStream& random) {
  SCOPED_TRACE(testing::Message() << height << " x " << width << ", " << channels << " channels");
  Layer in = coarse_layer(height, width, channels, random);
  for (const Finish finish : finishes) {
    Pooled want = plain_pool(in, finish), have = fast_pool(in, finish);
    ASSERT_EQ(have.values.values, want.values.values);
    ASSERT_EQ(have.mask.words, want.mask.words);
    Layer unmasked(height / 2, width / 2, channels, 9);
    pool(in.view(), finish, unmasked.view(), nullptr);
    ASSERT_EQ(unmasked.values, want.values.values);

    Layer gradient = coarse_layer(height / 2, width / 2, channels, random);
    Layer back = coarse_layer(height, width, channels, random);
    Layer back_want = plain_unfinished(gradient, finish, want.mask);
    for (std::size_t i = 0; i < back.values.size(); ++i) back_want.values[i] += back.values[i];
    pool_backward(gradient.view(), finish, have.mask.view(), back.view());
    ASSERT_EQ(back.values, back_want.values);
  }
}

TEST(Pooling, AgreesWithPlainLoops) {
  RandomStream random(1, "pooling");
  for (const int height : {1, 2, 3, 8, 13}) {
    for (const int width : {1, 2, 5, 20}) {
      for (const std::size_t channels : {1, 15, 16, 17, 40}) check(height, width, channels, random);
    }
  }
}

TEST(Pooling, AgreesWithPlainLoopsOnASampleOfShapes) {
  RandomStream random(2, "pooling");
  for (int i = 0; i < 8; ++i) {
    check(pick(random, 1, 67), pick(random, 1, 67), static_cast<std::size_t>(pick(random, 1, 515)),
          random);
  }
}

TEST(SlowPooling, AgreesWithPlainLoopsOnALargerSample) {
  RandomStream random(3, "pooling");
  for (int i = 0; i < 60; ++i) {
    check(pick(random, 1, 67), pick(random, 1, 67), static_cast<std::size_t>(pick(random, 1, 515)),
          random);
  }
}

TEST(Pooling, OfAConstantIsTheConstant) {
  for (const Finish finish : finishes) {
    Layer in(7, 9, 16, 0.7F);
    Pooled pooled = fast_pool(in, finish);
    EXPECT_EQ(pooled.values.values, std::vector<float>(pooled.values.values.size(), 0.7F));
    for (int y = 0; y < 7; ++y) {
      for (int x = 0; x < 9; ++x) {
        const bool whole = y < 6 && x < 8, first = y % 2 == 0 && x % 2 == 0;
        EXPECT_EQ(pooled.mask.at(y, x, 3), whole && (finish == Finish::relu_average || first));
      }
    }
  }
}

TEST(Pooling, GivesTheSameBytesForEveryNumberOfThreads) {
  RandomStream random(4, "pooling");
  Layer in = random_layer(37, 41, 33, random), gradient = random_layer(18, 20, 33, random);
  for (const Finish finish : finishes) {
    expect_same_for_every_number_of_threads([&] {
      Pooled pooled = fast_pool(in, finish);
      Layer back(37, 41, 33);
      pool_backward(gradient.view(), finish, pooled.mask.view(), back.view());
      return std::tuple(pooled.values.values, pooled.mask.words, back.values);
    });
  }
}

}  // namespace
}  // namespace atelier::tensor
