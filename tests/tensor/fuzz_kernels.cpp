// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for the kernels: bytes become a shape, an instruction set, a number of threads
// and a seed for the numbers; results are compared with plain loops at a few places, and what is
// read and written with memory that is not a number larger than it must be.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "tensor/kernels/targets.hpp"
// Highway's targets depend on what ours leave out.
#include <hwy/highway.h>

#include "plain.hpp"
#include "tensor/kernels/first_convolution.hpp"
#include "tensor/kernels/moments.hpp"
#include "tensor/kernels/pooling.hpp"
#include "tensor/kernels/winograd.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

constexpr int longest = 67, most_channels = 515, places = 24;
constexpr double most_products = 3e7;  ///< more than that and a run is no longer quick

/// The bytes as numbers; zero once they are used up.
class Numbers {
 public:
  explicit Numbers(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  int below(int end) {
    unsigned value = 0;
    for (int i = 0; i < 2; ++i) {
      value = value << 8 | (bytes_.empty() ? 0U : bytes_.front());
      bytes_ = bytes_.subspan(bytes_.empty() ? 0 : 1);
    }
    return static_cast<int>(value % static_cast<unsigned>(end));
  }
  int within(int lowest, int highest) { return lowest + below(highest - lowest + 1); }
  std::size_t channels() { return static_cast<std::size_t>(within(1, most_channels)); }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// Multiples of 1/64 between -1 and 1, quickly.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed, "fuzz") {}

  float number() { return static_cast<float>(static_cast<int>(random_.next() % 129) - 64) / 64; }
  int below(int end) { return static_cast<int>(random_.next() % static_cast<unsigned>(end)); }

  std::vector<float> numbers(std::size_t count) {
    std::vector<float> values(count);
    for (float& v : values) v = number();
    return values;
  }
  Layer layer(int height, int width, std::size_t channels) {
    Layer layer(height, width, channels);
    for (std::size_t i = 0; i < layer.values.size(); ++i) {
      if (i % padded(channels) < channels) layer.values[i] = number();
    }
    return layer;
  }

 private:
  RandomStream random_;
};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

/// `size`: the sum of the addends' magnitudes.
void require_near(double have, double want, double size, const char* what) {
  if (std::abs(have - want) <= 2e-5 * size + 1e-5) return;
  std::fprintf(stderr, "%s: %.9g, not %.9g\n", what, have, want);
  std::abort();
}

struct Input {
  explicit Input(Numbers& numbers)
      : height(numbers.within(1, longest)),
        width(numbers.within(1, longest)),
        channels(numbers.channels()),
        chance(static_cast<std::uint64_t>(numbers.below(1 << 16))) {}

  [[nodiscard]] double positions() const { return static_cast<double>(height) * width; }

  int height, width;
  std::size_t channels;
  Chance chance;
};

/// A sum of products and the sum of their magnitudes.
struct Sum {
  void add(double product) {
    value += product;
    size += std::abs(product);
  }

  double value = 0, size = 0;
};

/// The convolution's result at a place; on the way back the gradient there.
Sum plain_at(Layer& from, const std::vector<float>& weight, std::size_t inputs, int y, int x,
             std::size_t c, bool way_back) {
  Sum sum;
  for (int k = 0; k < 9; ++k) {
    const int from_y = y + k / 3 - 1, from_x = x + k % 3 - 1;
    if (from_y < 0 || from_x < 0 || from_y >= from.height || from_x >= from.width) continue;
    for (std::size_t i = 0; i < from.channels; ++i) {
      const std::size_t at = way_back ? (i * inputs + c) * 9 + 8 - static_cast<std::size_t>(k)
                                      : (c * inputs + i) * 9 + static_cast<std::size_t>(k);
      sum.add(static_cast<double>(from.at(from_y, from_x)[i]) * weight[at]);
    }
  }
  return sum;
}

double finished_at(Layer& in, const std::vector<float>& weight, float bias, Finish finish, int y,
                   int x, std::size_t c, double& size) {
  const int by = finish == Finish::relu ? 1 : 2;
  double greatest = 0, total = 0;
  for (int k = 0; k < by * by; ++k) {
    const Sum sum = plain_at(in, weight, in.channels, by * y + k / by, by * x + k % by, c, false);
    size = std::max(size, sum.size);
    const double value = std::max(sum.value + bias, 0.0);
    greatest = std::max(greatest, value);
    total += value;
  }
  return finish == Finish::relu_average ? total / 4 : greatest;
}

void winograd(Numbers& numbers) {
  constexpr Finish finishes[] = {Finish::relu, Finish::relu_max, Finish::relu_average};
  Input input(numbers);
  const std::size_t outputs = numbers.channels();
  const Finish finish = finishes[numbers.below(3)];
  const bool add = numbers.below(2) == 1;
  const double weights = static_cast<double>(padded(input.channels) * padded(outputs));
  if (weights * (input.positions() + 400) > most_products) return;

  Chance& chance = input.chance;
  const auto weight = chance.numbers(input.channels * outputs * 9), bias = chance.numbers(outputs);
  const WinogradConvolution convolution(weight.data(), bias.data(), input.channels, outputs);
  Layer in = chance.layer(input.height, input.width, input.channels);
  const int by = finish == Finish::relu ? 1 : 2;
  Layer out(in.height / by, in.width / by, outputs, 9);
  Bits mask(in.height, in.width, outputs, 0xa5a5);
  const Mask view = mask.view();
  Workspace workspace;
  convolution.forward(in.view(), finish, out.view(), &view, workspace);
  require(padding_is_zero(out), "winograd forward writes to the padding");
  for (int i = 0; i < places && !out.values.empty(); ++i) {
    const int y = chance.below(out.height), x = chance.below(out.width);
    const auto c = static_cast<std::size_t>(chance.below(static_cast<int>(outputs)));
    double size = 1;
    const double want = finished_at(in, weight, bias[c], finish, y, x, c, size);
    require_near(out.at(y, x)[c], want, size, "winograd forward");
  }

  Layer gradient = chance.layer(out.height, out.width, outputs);
  Layer back = chance.layer(in.height, in.width, in.channels);
  Layer before = back;
  convolution.backward(gradient.view(), finish, view, back.view(), add, workspace);
  require(padding_is_zero(back), "winograd backward writes to the padding");
  Layer open = plain_unfinished(gradient, finish, mask);
  for (int i = 0; i < places; ++i) {
    const int y = chance.below(in.height), x = chance.below(in.width);
    const auto c = static_cast<std::size_t>(chance.below(static_cast<int>(in.channels)));
    const Sum sum = plain_at(open, weight, in.channels, y, x, c, true);
    const double want = sum.value + (add ? before.at(y, x)[c] : 0);
    require_near(back.at(y, x)[c], want, sum.size + 1, "winograd backward");
  }
}

/// Weights of (output, row, column, channel).
float first_weight(const std::vector<float>& weight, std::size_t o, int row, int column, int c) {
  return weight[o * 27 + static_cast<std::size_t>((c * 3 + row) * 3 + column)];
}

void first_convolution(Numbers& numbers) {
  Input input(numbers);
  Chance& chance = input.chance;
  const std::size_t outputs = input.channels;
  const int columns = input.width + 2, rows = input.height + 2;
  const auto weight = chance.numbers(outputs * 27), bias = chance.numbers(outputs);
  const auto picture = chance.numbers(static_cast<std::size_t>(rows * columns * 3));
  const auto at = [&](int row, int column, int c) {
    return static_cast<std::size_t>((row * columns + column) * 3 + c);
  };
  const FirstConvolution convolution(weight.data(), bias.data(), outputs);
  Layer out(input.height, input.width, outputs, 9);
  Bits mask(input.height, input.width, outputs, 0xa5a5);
  const Mask view = mask.view();
  convolution.forward(picture.data(), out.view(), &view);
  require(padding_is_zero(out), "the first convolution writes to the padding");
  for (int i = 0; i < places; ++i) {
    const int y = chance.below(out.height), x = chance.below(out.width);
    const auto o = static_cast<std::size_t>(chance.below(static_cast<int>(outputs)));
    Sum sum;
    sum.add(bias[o]);
    for (int k = 0; k < 27; ++k) {
      const int row = k / 9, column = k / 3 % 3, c = k % 3;
      sum.add(static_cast<double>(picture[at(y + row, x + column, c)]) *
              first_weight(weight, o, row, column, c));
    }
    require_near(out.at(y, x)[o], std::max(sum.value, 0.0), sum.size, "first convolution");
    require(mask.at(y, x, o) == (out.at(y, x)[o] > 0), "the first convolution's mask");
  }

  Layer gradient = chance.layer(input.height, input.width, outputs);
  std::vector<float> back(picture.size(), 9);
  convolution.backward(gradient.view(), view, back.data());
  for (int i = 0; i < places; ++i) {
    const int row = chance.below(rows), column = chance.below(columns), c = chance.below(3);
    Sum sum;
    for (int k = 0; k < 9; ++k) {
      const int y = row - k / 3, x = column - k % 3;
      if (y < 0 || x < 0 || y >= input.height || x >= input.width) continue;
      for (std::size_t o = 0; o < outputs; ++o) {
        if (!mask.at(y, x, o)) continue;
        sum.add(static_cast<double>(gradient.at(y, x)[o]) *
                first_weight(weight, o, k / 3, k % 3, c));
      }
    }
    require_near(back[at(row, column, c)], sum.value, sum.size, "first convolution backward");
  }
}

void pooling(Numbers& numbers) {
  Input input(numbers);
  const Finish finish = numbers.below(2) ? Finish::relu_max : Finish::relu_average;
  Layer in = input.chance.layer(input.height, input.width, input.channels);
  Layer out(in.height / 2, in.width / 2, in.channels, 9);
  Bits mask(in.height, in.width, in.channels, 0xa5a5);
  const Mask view = mask.view();
  pool(in.view(), finish, out.view(), &view);
  Layer gradient = input.chance.layer(out.height, out.width, in.channels);
  Layer back(in.height, in.width, in.channels);
  pool_backward(gradient.view(), finish, view, back.view());
  require(padding_is_zero(out) && padding_is_zero(back), "pooling writes to the padding");
  Layer want = plain_unfinished(gradient, finish, mask);
  require(back.values == want.values, "pooling backward");
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      for (std::size_t c = 0; c < in.channels; ++c) {
        double greatest = -2, total = 0, passing = 0;
        for (int k = 0; k < 4; ++k) {
          const double value = in.at(2 * y + k / 2, 2 * x + k % 2)[c];
          greatest = std::max(greatest, value);
          total += value;
          passing += mask.at(2 * y + k / 2, 2 * x + k % 2, c);
        }
        const bool maximum = finish == Finish::relu_max;
        require(out.at(y, x)[c] == (maximum ? greatest : total / 4), "pooling");
        require(passing == (maximum ? 1 : 4), "pooling's mask");
      }
    }
  }
}

Region region_in(const Input& input, Numbers& numbers) {
  Region region;
  region.top = numbers.within(0, input.height);
  region.bottom = numbers.within(region.top, input.height);
  region.left = numbers.within(0, input.width);
  region.right = numbers.within(region.left, input.width);
  return region;
}

bool within(const Region& region, int y, int x) {
  return y >= region.top && y < region.bottom && x >= region.left && x < region.right;
}

void moments(Numbers& numbers) {
  Input input(numbers);
  const Region region = region_in(input, numbers);
  const std::size_t channels = input.channels;
  if (static_cast<double>(channels * channels) * input.positions() > 4 * most_products) return;
  Layer layer = input.chance.layer(input.height, input.width, channels);
  ShiftedSums sums(input.chance.numbers(channels));
  const auto step = static_cast<std::size_t>(region.right - region.left + numbers.below(3));
  std::vector<float> weights;
  if (numbers.below(2) == 1) {
    weights = input.chance.numbers(step * static_cast<std::size_t>(region.bottom - region.top) + 1);
    for (float& w : weights) w = std::max(0.0F, w);
  }
  const auto weight = [&](int y, int x) {
    return weights.empty() ? 1.0
                           : weights[static_cast<std::size_t>(y - region.top) * step +
                                     static_cast<std::size_t>(x - region.left)];
  };
  add_positions(layer.view(), region, sums,
                {weights.empty() ? nullptr : weights.data(), weights.empty() ? 0 : step});
  require(!weights.empty() || sums.positions == static_cast<double>(region.positions()),
          "the number of positions");
  for (int i = 0; i < places; ++i) {
    const auto row = static_cast<std::size_t>(input.chance.below(static_cast<int>(channels)));
    const auto column = static_cast<std::size_t>(input.chance.below(static_cast<int>(channels)));
    Sum sum, product;
    for (int y = region.top; y < region.bottom; ++y) {
      for (int x = region.left; x < region.right; ++x) {
        const double less = static_cast<double>(layer.at(y, x)[row]) - sums.shift[row];
        sum.add(weight(y, x) * less);
        product.add(weight(y, x) * less *
                    (static_cast<double>(layer.at(y, x)[column]) - sums.shift[column]));
      }
    }
    require_near(sums.sum[row], sum.value, sum.size, "a sum");
    require_near(sums.product[row * channels + column], product.value, product.size, "a product");
  }
}

void map(Numbers& numbers) {
  Input input(numbers);
  const Region region = region_in(input, numbers);
  const std::size_t channels = input.channels;
  if (static_cast<double>(channels * channels) * input.positions() > 4 * most_products) return;
  const auto floats = input.chance.numbers(channels * channels);
  const std::vector<double> matrix(floats.begin(), floats.end());
  const auto offset_floats = input.chance.numbers(channels);
  const std::vector<double> offset(offset_floats.begin(), offset_floats.end());
  Layer from = input.chance.layer(input.height, input.width, channels), to = from;
  AffineMap(matrix.data(), offset.data(), channels).apply(to.view(), region);
  require(padding_is_zero(to), "the map writes to the padding");
  for (int i = 0; i < places; ++i) {
    const int y = input.chance.below(input.height), x = input.chance.below(input.width);
    const auto row = static_cast<std::size_t>(input.chance.below(static_cast<int>(channels)));
    Sum sum;
    if (within(region, y, x)) {
      sum.add(offset[row]);
      for (std::size_t c = 0; c < channels; ++c) {
        sum.add(matrix[row * channels + c] * from.at(y, x)[c]);
      }
    }
    require_near(to.at(y, x)[row], sum.value, sum.size, "the map");
  }
}

}  // namespace
}  // namespace atelier::tensor

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace tensor = atelier::tensor;
  static const auto targets = hwy::SupportedAndGeneratedTargets();
  tensor::Numbers numbers(std::span(data, size));
  const auto chosen = static_cast<std::size_t>(numbers.below(static_cast<int>(targets.size())));
  hwy::SetSupportedTargetsForTest(targets[chosen]);
  tensor::set_worker_count(numbers.within(1, 3));
  constexpr void (*kernels[])(tensor::Numbers&) = {tensor::winograd, tensor::first_convolution,
                                                   tensor::pooling, tensor::moments, tensor::map};
  kernels[numbers.below(std::size(kernels))](numbers);
  return 0;
}
