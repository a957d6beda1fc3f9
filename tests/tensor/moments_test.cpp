// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/moments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "plain.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

constexpr double limit = 2e-6;

/// Double sums are compared as numbers of their own, not as floats.
double relative_error(const std::vector<double>& have, const std::vector<double>& want,
                      double usual) {
  double difference = 0, length = 0;
  for (std::size_t i = 0; i < want.size(); ++i) {
    difference += (have[i] - want[i]) * (have[i] - want[i]);
    length += want[i] * want[i];
  }
  const double least = usual * std::sqrt(static_cast<double>(want.size()));
  return difference == 0 ? 0 : std::sqrt(difference) / std::max(std::sqrt(length), least);
}

/// Weights of a region by chance, with stretches of 0 and of 1, in rows longer than its own.
struct Weights {
  Weights(const Region& region, RandomStream& random, int beyond)
      : row_step(static_cast<std::size_t>(region.right - region.left + beyond)) {
    const auto rows = static_cast<std::size_t>(region.bottom - region.top);
    double level = 0;
    for (std::size_t i = 0; i < rows * row_step; ++i) {
      if (random.uniform() < 0.1) level = std::clamp(2 * random.uniform() - 0.5, 0.0, 1.0);
      values.push_back(static_cast<float>(level));
    }
  }
  [[nodiscard]] PositionWeights view() const { return {values.data(), row_step}; }

  std::size_t row_step;
  std::vector<float> values;
};

double weight_at(const PositionWeights& weights, const Region& region, int y, int x) {
  if (!weights.data) return 1;
  const auto row = static_cast<std::size_t>(y - region.top);
  return weights.data[row * weights.row_step + static_cast<std::size_t>(x - region.left)];
}

ShiftedSums plain_sums(Layer& layer, const Region& region, const std::vector<float>& shift,
                       const PositionWeights& weights = {}) {
  ShiftedSums sums(shift);
  const std::size_t channels = layer.channels;
  std::vector<double> less(channels);
  for (int y = region.top; y < region.bottom; ++y) {
    for (int x = region.left; x < region.right; ++x) {
      const float* at = layer.at(y, x);
      for (std::size_t c = 0; c < channels; ++c) less[c] = static_cast<double>(at[c]) - shift[c];
      const double weight = weight_at(weights, region, y, x);
      for (std::size_t row = 0; row < channels; ++row) {
        sums.sum[row] += weight * less[row];
        double* product = sums.product.data() + row * channels;
        for (std::size_t c = 0; c < channels; ++c) product[c] += weight * less[row] * less[c];
      }
      sums.positions += weight;
    }
  }
  return sums;
}

struct Errors {
  Worst sum, product;

  void record() const {
    tensor::record("sum", sum);
    tensor::record("product", product);
  }
};

void check(Layer& layer, const Region& region, const std::vector<float>& shift, Errors& errors,
           const PositionWeights& weights = {}) {
  SCOPED_TRACE(testing::Message() << layer.channels << " channels, " << layer.height << " x "
                                  << layer.width << ", rows " << region.top << " to "
                                  << region.bottom << ", columns " << region.left << " to "
                                  << region.right);
  const ShiftedSums want = plain_sums(layer, region, shift, weights);
  on_every_instruction_set([&] {
    ShiftedSums have(shift);
    add_positions(layer.view(), region, have, weights);
    if (weights.data) {
      ASSERT_NEAR(have.positions, want.positions, 1e-6 * want.positions);
    } else {
      ASSERT_EQ(have.positions, want.positions);
    }
    // A sum may cancel; its addends do not.
    const double root = std::sqrt(want.positions);
    const double sum_error = relative_error(have.sum, want.sum, root);
    const double product_error = relative_error(have.product, want.product, root);
    errors.sum.see(sum_error);
    errors.product.see(product_error);
    ASSERT_LE(sum_error, limit);
    ASSERT_LE(product_error, limit);
    for (std::size_t row = 0; row < layer.channels; ++row) {
      for (std::size_t c = 0; c < row; ++c) {
        ASSERT_EQ(have.product[row * layer.channels + c], have.product[c * layer.channels + row]);
      }
    }
  });
}

/// A region by chance, whole rows one time in four.
Region random_region(int height, int width, RandomStream& random) {
  const auto below = [&](int n) { return static_cast<int>(random.uniform() * n); };
  Region region{below(height), below(width), 0, 0};
  region.bottom = region.top + 1 + below(height - region.top);
  region.right = region.left + 1 + below(width - region.left);
  if (below(4) == 0) {
    region.left = 0;
    region.right = width;
  }
  return region;
}

void check_sample(int count, std::uint64_t seed, double most, Errors& errors) {
  RandomStream random(seed, "moments");
  for (int i = 0; i < count;) {
    const int height = pick(random, 1, 67), width = pick(random, 1, 67);
    const auto channels = static_cast<std::size_t>(pick(random, 1, 515));
    if (height * width * static_cast<double>(channels * channels) > most) continue;
    Layer layer = random_layer(height, width, channels, random);
    check(layer, random_region(height, width, random), random_floats(channels, random, 0.3),
          errors);
    ++i;
  }
}

TEST(Moments, AgreeWithPlainLoops) {
  Errors errors;
  RandomStream random(1, "moments");
  for (const std::size_t channels : {1, 15, 16, 17, 40}) {
    Layer layer = random_layer(21, 34, channels, random);
    const auto shift = random_floats(channels, random, 0.3);
    for (const Region& region : {Region{0, 0, 21, 34},
                                 {0, 0, 1, 1},
                                 {20, 33, 21, 34},
                                 {3, 5, 17, 30},
                                 {4, 0, 9, 34},
                                 {0, 7, 21, 8},
                                 {5, 0, 6, 33}}) {
      check(layer, region, shift, errors);
    }
  }
  Layer wide = random_layer(5, 7, 515, random);
  check(wide, {1, 1, 5, 6}, random_floats(515, random), errors);
  check_sample(12, 2, 2e7, errors);
  errors.record();
}

TEST(Moments, OfWeightedPositionsAgreeWithPlainLoops) {
  Errors errors;
  RandomStream random(13, "moments");
  for (const std::size_t channels : {1, 15, 16, 17, 40}) {
    Layer layer = random_layer(21, 34, channels, random);
    const auto shift = random_floats(channels, random, 0.3);
    for (const Region& region : {Region{0, 0, 21, 34},
                                 {0, 0, 1, 1},
                                 {20, 33, 21, 34},
                                 {3, 5, 17, 30},
                                 {4, 0, 9, 34},
                                 {0, 7, 21, 8},
                                 {5, 0, 6, 33}}) {
      for (const int beyond : {0, 3}) {
        check(layer, region, shift, errors, Weights(region, random, beyond).view());
      }
    }
  }
  Layer wide = random_layer(5, 7, 515, random);
  check(wide, {1, 1, 5, 6}, random_floats(515, random), errors,
        Weights({1, 1, 5, 6}, random, 2).view());
  errors.record();
}

/// Exact: halves of whole numbers; what has no weight may be anything.
TEST(Moments, OfPositionsWithoutWeightAreNothing) {
  on_every_instruction_set([] {
    Layer layer(4, 6, 3, 2);
    for (int x = 0; x < 6; ++x) layer.at(0, x)[1] = NAN;
    std::vector<float> weights(24, 0);
    weights[6] = weights[11] = 1;
    weights[15] = 0.25F;
    ShiftedSums sums({1, 1, 1});
    add_positions(layer.view(), {0, 0, 4, 6}, sums, {weights.data(), 6});
    EXPECT_EQ(sums.positions, 2.25);
    EXPECT_EQ(sums.sum, std::vector<double>(3, 2.25));
    EXPECT_EQ(sums.product, std::vector<double>(9, 2.25));
    std::fill(weights.begin(), weights.end(), 0.0F);
    ShiftedSums nothing({1, 1, 1});
    add_positions(layer.view(), {0, 0, 4, 6}, nothing, {weights.data(), 6});
    EXPECT_EQ(nothing.positions, 0);
    EXPECT_EQ(nothing.product, std::vector<double>(9));
  });
}

TEST(SlowMoments, AgreeWithPlainLoopsOnALargerSample) {
  Errors errors;
  check_sample(60, 3, 2e8, errors);
  RandomStream random(4, "moments");
  Layer large = random_layer(300, 500, 40, random);  // many stretches to a part
  check(large, {0, 0, 300, 500}, random_floats(40, random, 0.1), errors);
  check(large, {7, 11, 290, 480}, random_floats(40, random, 0.1), errors);
  errors.record();
}

/// Exact: whole numbers that fp32 holds.
TEST(Moments, OfWholeNumbersAreExact) {
  on_every_instruction_set([] {
    Layer layer(11, 60, 18);
    for (int y = 0; y < 11; ++y) {
      for (int x = 0; x < 60; ++x) {
        for (int c = 0; c < 18; ++c)
          layer.at(y, x)[c] = static_cast<float>((3 * y + 5 * x + c) % 7);
      }
    }
    const std::vector<float> shift(18, 2);
    const Region region{1, 2, 11, 59};
    const ShiftedSums want = plain_sums(layer, region, shift);
    ShiftedSums have(shift);
    add_positions(layer.view(), region, have);
    EXPECT_EQ(have.sum, want.sum);
    EXPECT_EQ(have.product, want.product);
  });
}

TEST(Moments, OfNothingAreNothing) {
  Layer layer(4, 5, 3, 9);
  for (const Region& region : {Region{0, 0, 0, 5}, {2, 3, 4, 3}, {4, 5, 4, 5}, {0, 0, 0, 0}}) {
    ShiftedSums sums({1, 2, 3});
    add_positions(layer.view(), region, sums);
    EXPECT_EQ(sums.positions, 0);
    EXPECT_EQ(sums.sum, std::vector<double>(3));
    EXPECT_EQ(sums.product, std::vector<double>(9));
  }
}

/// Within rounding: a layer's moments are the sum of those of its parts.
TEST(Moments, AddUp) {
  RandomStream random(5, "moments");
  Layer layer = random_layer(20, 30, 20, random);
  const auto shift = random_floats(20, random);
  ShiftedSums parts(shift), whole(shift);
  for (const Region& region : {Region{0, 0, 20, 13}, {0, 13, 8, 30}, {8, 13, 20, 30}}) {
    add_positions(layer.view(), region, parts);
  }
  add_positions(layer.view(), {0, 0, 20, 30}, whole);
  EXPECT_EQ(parts.positions, 600);
  EXPECT_LE(relative_error(parts.sum, whole.sum, 1), limit);
  EXPECT_LE(relative_error(parts.product, whole.product, 1), limit);
}

/// (P - S S^T / n) / n.
std::vector<double> covariance(const ShiftedSums& sums) {
  const std::size_t channels = sums.sum.size();
  std::vector<double> result(channels * channels);
  for (std::size_t row = 0; row < channels; ++row) {
    for (std::size_t c = 0; c < channels; ++c) {
      const double apart = sums.sum[row] * sums.sum[c] / sums.positions;
      result[row * channels + c] = (sums.product[row * channels + c] - apart) / sums.positions;
    }
  }
  return result;
}

/// A mean of a thousand deviations: with a shift within a deviation of it the covariance is as
/// exact as that of a mean of zero; without one it would lose six digits.
TEST(Moments, LoseNothingToALargeMean) {
  RandomStream random(6, "moments");
  constexpr std::size_t channels = 20;
  const Region region{1, 2, 48, 60};
  Layer layer = random_layer(48, 60, channels, random, 1, 1000);
  std::vector<float> near(channels);
  for (float& s : near) s = static_cast<float>(1000 + random.normal());
  const std::vector<double> want = covariance(plain_sums(layer, region, near));
  Worst worst;
  on_every_instruction_set([&] {
    ShiftedSums have(near);
    add_positions(layer.view(), region, have);
    worst.see(relative_error(covariance(have), want, 0));
    EXPECT_LE(worst.value(), limit);
    ShiftedSums far(std::vector<float>(channels, 0));
    add_positions(layer.view(), region, far);
    EXPECT_GE(relative_error(covariance(far), want, 0), 1e-3);  // what the shift is for
  });
  record("covariance", worst);
}

TEST(Moments, GiveTheSameBytesForEveryNumberOfThreads) {
  RandomStream random(7, "moments");
  for (const std::size_t channels : {5, 64, 515}) {
    Layer layer = random_layer(47, 61, channels, random);
    const auto shift = random_floats(channels, random, 0.1);
    for (const Region& region : {Region{0, 0, 47, 61}, {3, 4, 40, 50}}) {
      expect_same_for_every_number_of_threads([&] {
        ShiftedSums sums(shift);
        add_positions(layer.view(), region, sums);
        return std::tuple(sums.sum, sums.product);
      });
      const Weights weights(region, random, 0);
      expect_same_for_every_number_of_threads([&] {
        ShiftedSums sums(shift);
        add_positions(layer.view(), region, sums, weights.view());
        return std::tuple(sums.positions, sums.sum, sums.product);
      });
    }
  }
}

/// A map with random numbers, under which results are about as large as inputs.
struct Map {
  Map(std::size_t channels, RandomStream& random) : matrix(channels * channels), offset(channels) {
    const double deviation = 1 / std::sqrt(static_cast<double>(channels));
    for (double& v : matrix) v = deviation * random.normal();
    for (double& v : offset) v = 0.3 * random.normal();
  }

  std::vector<double> matrix, offset;
};

void check_map(int height, int width, std::size_t channels, const Region& region,
               RandomStream& random, Worst& worst) {
  SCOPED_TRACE(testing::Message() << channels << " channels, " << height << " x " << width);
  const Map map(channels, random);
  Layer from = random_layer(height, width, channels, random);
  std::vector<double> want;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool inside =
          y >= region.top && y < region.bottom && x >= region.left && x < region.right;
      for (std::size_t row = 0; row < channels; ++row) {
        double sum = inside ? map.offset[row] : 0;
        for (std::size_t c = 0; inside && c < channels; ++c) {
          sum += map.matrix[row * channels + c] * from.at(y, x)[c];
        }
        want.push_back(sum);
      }
    }
  }
  const AffineMap affine(map.matrix.data(), map.offset.data(), channels);
  on_every_instruction_set([&] {
    Layer to = from;
    affine.apply(to.view(), region);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const bool inside =
            y >= region.top && y < region.bottom && x >= region.left && x < region.right;
        for (std::size_t c = 0; c < channels; ++c) {
          ASSERT_TRUE(inside || to.at(y, x)[c] == 0) << y << ", " << x;
        }
      }
    }
    ASSERT_TRUE(padding_is_zero(to));
    const double share = static_cast<double>(region.positions()) / (height * width);
    const double error = tensor::relative_error(to, want, std::sqrt(share));
    worst.see(error);
    ASSERT_LE(error, limit);
  });
}

TEST(AffineMap, AgreesWithPlainLoopsAndZeroesOutside) {
  Worst worst;
  RandomStream random(8, "map");
  for (const std::size_t channels : {1, 15, 16, 17, 40}) {
    for (const Region& region : {Region{0, 0, 13, 22},
                                 {0, 0, 1, 1},
                                 {12, 21, 13, 22},
                                 {2, 3, 11, 20},
                                 {4, 0, 9, 22},
                                 {0, 7, 13, 8}}) {
      check_map(13, 22, channels, region, random, worst);
    }
  }
  check_map(9, 11, 515, {1, 1, 8, 11}, random, worst);
  record("map", worst);
}

TEST(SlowAffineMap, AgreesWithPlainLoopsOnALargerSample) {
  Worst worst;
  RandomStream random(9, "map");
  for (int i = 0; i < 60;) {
    const int height = pick(random, 1, 67), width = pick(random, 1, 67);
    const auto channels = static_cast<std::size_t>(pick(random, 1, 515));
    if (height * width * static_cast<double>(channels * channels) > 1e8) continue;
    check_map(height, width, channels, random_region(height, width, random), random, worst);
    ++i;
  }
  record("map", worst);
}

/// Exact.
TEST(AffineMap, OfTheIdentityChangesNothing) {
  RandomStream random(10, "map");
  constexpr std::size_t channels = 21;
  std::vector<double> identity(channels * channels), offset(channels);
  for (std::size_t c = 0; c < channels; ++c) identity[c * channels + c] = 1;
  Layer layer = random_layer(9, 150, channels, random);
  const Layer before = layer;
  on_every_instruction_set([&] {
    AffineMap(identity.data(), offset.data(), channels).apply(layer.view(), {0, 0, 9, 150});
    EXPECT_EQ(layer.values, before.values);
  });
}

TEST(AffineMap, GivesTheSameBytesForEveryNumberOfThreads) {
  RandomStream random(11, "map");
  const Map map(70, random);
  const Layer layer = random_layer(47, 61, 70, random);
  const AffineMap affine(map.matrix.data(), map.offset.data(), 70);
  for (const Region& region : {Region{0, 0, 47, 61}, {3, 4, 40, 50}}) {
    expect_same_for_every_number_of_threads([&] {
      Layer to = layer;
      affine.apply(to.view(), region);
      return to.values;
    });
  }
}

void check_weighted_maps(int height, int width, std::size_t channels, const Region& region,
                         RandomStream& random, Worst& worst) {
  SCOPED_TRACE(testing::Message() << channels << " channels, " << height << " x " << width);
  Layer from = random_layer(height, width, channels, random);
  const std::vector<Map> maps{{channels, random}, {channels, random}, {channels, random}};
  const std::vector<Weights> weights{{region, random, 0}, {region, random, 4}};
  std::vector<AffineMap> affine;
  for (const Map& map : maps) affine.emplace_back(map.matrix.data(), map.offset.data(), channels);
  // The last counts everywhere.
  const std::vector<WeightedMap> weighted{
      {&affine[0], weights[0].view()}, {&affine[1], weights[1].view()}, {&affine[2], {}}};
  std::vector<double> want;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool inside =
          y >= region.top && y < region.bottom && x >= region.left && x < region.right;
      for (std::size_t row = 0; row < channels; ++row) {
        double sum = 0;
        for (std::size_t m = 0; inside && m < maps.size(); ++m) {
          double value = maps[m].offset[row];
          for (std::size_t c = 0; c < channels; ++c) {
            value += maps[m].matrix[row * channels + c] * from.at(y, x)[c];
          }
          sum += weight_at(weighted[m].weights, region, y, x) * value;
        }
        want.push_back(sum);
      }
    }
  }
  on_every_instruction_set([&] {
    Layer to = from;
    apply_weighted(weighted, to.view(), region);
    ASSERT_TRUE(padding_is_zero(to));
    const double share = static_cast<double>(region.positions()) / (height * width);
    const double error = tensor::relative_error(to, want, std::sqrt(share));
    worst.see(error);
    ASSERT_LE(error, limit);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const bool inside =
            y >= region.top && y < region.bottom && x >= region.left && x < region.right;
        ASSERT_TRUE(inside || to.at(y, x)[0] == 0) << y << ", " << x;
      }
    }
  });
  expect_same_for_every_number_of_threads([&] {
    Layer to = from;
    apply_weighted(weighted, to.view(), region);
    return to.values;
  });
}

TEST(WeightedMaps, AgreeWithPlainLoops) {
  Worst worst;
  RandomStream random(14, "map");
  for (const std::size_t channels : {1, 15, 16, 17, 40}) {
    for (const Region& region : {Region{0, 0, 13, 22},
                                 {0, 0, 1, 1},
                                 {12, 21, 13, 22},
                                 {2, 3, 11, 20},
                                 {4, 0, 9, 22},
                                 {0, 7, 13, 8}}) {
      check_weighted_maps(13, 22, channels, region, random, worst);
    }
  }
  check_weighted_maps(7, 101, 70, {1, 2, 7, 99}, random, worst);
  record("map", worst);
}

/// Exact: a single map that counts everywhere is the map itself.
TEST(WeightedMaps, OfOneMapEverywhereAreThatMap) {
  RandomStream random(15, "map");
  const Map map(21, random);
  const Layer layer = random_layer(9, 31, 21, random);
  const AffineMap affine(map.matrix.data(), map.offset.data(), 21);
  Layer one = layer, other = layer;
  affine.apply(one.view(), {1, 2, 8, 30});
  const WeightedMap weighted{&affine, {}};
  apply_weighted({&weighted, 1}, other.view(), {1, 2, 8, 30});
  EXPECT_EQ(one.values, other.values);
}

TEST(ClearOutside, LeavesTheRegionAlone) {
  RandomStream random(12, "clear");
  const Layer layer = random_layer(6, 7, 18, random);
  for (const Region& region : {Region{0, 0, 6, 7},
                               {1, 2, 5, 6},
                               {0, 0, 1, 1},
                               {5, 6, 6, 7},
                               {0, 3, 6, 4},
                               {2, 2, 2, 7},
                               {2, 3, 5, 3},
                               {6, 7, 6, 7}}) {
    Layer cleared = layer;
    clear_outside(cleared.view(), region);
    for (int y = 0; y < 6; ++y) {
      for (int x = 0; x < 7; ++x) {
        const bool inside =
            y >= region.top && y < region.bottom && x >= region.left && x < region.right;
        for (std::size_t c = 0; c < 18; ++c) {
          const float before = layer.values[static_cast<std::size_t>(y * 7 + x) * padded(18) + c];
          EXPECT_EQ(cleared.at(y, x)[c], inside ? before : 0);
        }
      }
    }
  }
}

}  // namespace
}  // namespace atelier::tensor
