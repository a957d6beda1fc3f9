// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/first_convolution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "plain.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

constexpr double limit = 1e-6;

struct Shape {
  int height, width;
  std::size_t outputs;

  [[nodiscard]] std::size_t bordered() const {
    return static_cast<std::size_t>(height + 2) * static_cast<std::size_t>(width + 2) * 3;
  }
};

/// Number of (row, column, channel) in a picture with its border.
std::size_t in_picture(const Shape& shape, int row, int column, int channel) {
  return static_cast<std::size_t>((row * (shape.width + 2) + column) * 3 + channel);
}

float weight_of(const std::vector<float>& weight, std::size_t output, int row, int column,
                int channel) {
  return weight[output * 27 + static_cast<std::size_t>((channel * 3 + row) * 3 + column)];
}

/// Bias and products, before ReLU: positions x outputs.
std::vector<double> plain_forward(const Shape& shape, const std::vector<float>& picture,
                                  const std::vector<float>& weight,
                                  const std::vector<float>& bias) {
  std::vector<double> out;
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0; x < shape.width; ++x) {
      for (std::size_t o = 0; o < shape.outputs; ++o) {
        double sum = bias[o];
        for (int k = 0; k < 27; ++k) {
          const int row = k / 9, column = k / 3 % 3, channel = k % 3;
          sum += static_cast<double>(picture[in_picture(shape, y + row, x + column, channel)]) *
                 weight_of(weight, o, row, column, channel);
        }
        out.push_back(sum);
      }
    }
  }
  return out;
}

std::vector<double> plain_backward(const Shape& shape, Layer& gradient, Bits& mask,
                                   const std::vector<float>& weight) {
  std::vector<double> back(shape.bordered());
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0; x < shape.width; ++x) {
      for (std::size_t o = 0; o < shape.outputs; ++o) {
        if (!mask.at(y, x, o)) continue;
        for (int k = 0; k < 27; ++k) {
          const int row = k / 9, column = k / 3 % 3, channel = k % 3;
          back[in_picture(shape, y + row, x + column, channel)] +=
              static_cast<double>(gradient.at(y, x)[o]) *
              weight_of(weight, o, row, column, channel);
        }
      }
    }
  }
  return back;
}

void check(const Shape& shape, Worst& forward, Worst& backward) {
  SCOPED_TRACE(testing::Message() << shape.height << " x " << shape.width << " to "
                                  << shape.outputs);
  RandomStream random(shape.bordered() + shape.outputs, "first convolution");
  const auto picture = random_floats(shape.bordered(), random);
  const auto weight = random_floats(shape.outputs * 27, random, 0.2);
  const auto bias = random_floats(shape.outputs, random, 0.1);
  Layer gradient = random_layer(shape.height, shape.width, shape.outputs, random);
  const FirstConvolution convolution(weight.data(), bias.data(), shape.outputs);
  EXPECT_EQ(convolution.outputs(), shape.outputs);
  std::vector<double> want = plain_forward(shape, picture, weight, bias);
  for (double& v : want) v = std::max(v, 0.0);

  on_every_instruction_set([&] {
    Layer out(shape.height, shape.width, shape.outputs, 9);
    Bits mask(shape.height, shape.width, shape.outputs, 0xa5a5);
    const Mask view = mask.view();
    convolution.forward(picture.data(), out.view(), &view);
    const double error = relative_error(out, want, 0.5);
    forward.see(error);
    ASSERT_LE(error, limit);
    ASSERT_TRUE(padding_is_zero(out));
    for (std::size_t i = 0; i < out.values.size(); ++i) {
      ASSERT_EQ(mask.words[i / block] >> (i % block) & 1, out.values[i] > 0);
    }
    Layer unmasked(shape.height, shape.width, shape.outputs, 9);
    convolution.forward(picture.data(), unmasked.view(), nullptr);
    ASSERT_EQ(unmasked.values, out.values);

    std::vector<float> back(shape.bordered(), 9);
    convolution.backward(gradient.view(), view, back.data());
    const auto back_want = plain_backward(shape, gradient, mask, weight);
    const double back_error = relative_error<double>(back, back_want, 0.5);
    backward.see(back_error);
    ASSERT_LE(back_error, limit);
  });
}

TEST(FirstConvolution, AgreesWithPlainLoops) {
  Worst forward, backward;
  for (const auto& [height, width] : {std::pair{1, 1},
                                      {1, 67},
                                      {67, 1},
                                      {2, 3},
                                      {13, 14},
                                      {15, 16},
                                      {31, 47},
                                      {17, 48},
                                      {5, 49}}) {
    for (const std::size_t outputs : {1, 15, 16, 17, 33}) {
      check({height, width, outputs}, forward, backward);
    }
  }
  check({6, 7, 515}, forward, backward);
  record("forward", forward);
  record("backward", backward);
}

TEST(SlowFirstConvolution, AgreesWithPlainLoopsOnALargerSample) {
  Worst forward, backward;
  RandomStream random(1, "first convolutions");
  for (int i = 0; i < 30; ++i) {
    const int height = pick(random, 1, 67), width = pick(random, 1, 67);
    check({height, width, static_cast<std::size_t>(pick(random, 1, 515))}, forward, backward);
  }
  check({67, 67, 64}, forward, backward);
  record("forward", forward);
  record("backward", backward);
}

/// Filters that take one value each give the picture's values back, exactly.
TEST(FirstConvolution, ShowsThePictureThroughFiltersOfOneValue) {
  const Shape shape{9, 50, 27};
  std::vector<float> picture(shape.bordered()), weight(shape.outputs * 27);
  for (std::size_t i = 0; i < picture.size(); ++i) picture[i] = static_cast<float>(i + 1);
  for (std::size_t o = 0; o < shape.outputs; ++o) weight[o * 27 + o] = 1;
  const std::vector<float> bias(shape.outputs);
  const FirstConvolution convolution(weight.data(), bias.data(), shape.outputs);
  on_every_instruction_set([&] {
    Layer out(shape.height, shape.width, shape.outputs);
    convolution.forward(picture.data(), out.view(), nullptr);
    for (int y = 0; y < shape.height; ++y) {
      for (int x = 0; x < shape.width; ++x) {
        for (int k = 0; k < 27; ++k) {
          const int channel = k / 9, row = k / 3 % 3, column = k % 3;
          ASSERT_EQ(out.at(y, x)[k], picture[in_picture(shape, y + row, x + column, channel)]);
        }
      }
    }
  });
}

TEST(FirstConvolution, GivesTheSameBytesForEveryNumberOfThreads) {
  const Shape shape{53, 61, 40};
  RandomStream random(2, "first convolution");
  const auto picture = random_floats(shape.bordered(), random);
  const auto weight = random_floats(shape.outputs * 27, random);
  const auto bias = random_floats(shape.outputs, random);
  Layer gradient = random_layer(shape.height, shape.width, shape.outputs, random);
  const FirstConvolution convolution(weight.data(), bias.data(), shape.outputs);
  on_every_instruction_set([&] {
    expect_same_for_every_number_of_threads([&] {
      Layer out(shape.height, shape.width, shape.outputs);
      Bits mask(shape.height, shape.width, shape.outputs);
      const Mask view = mask.view();
      convolution.forward(picture.data(), out.view(), &view);
      std::vector<float> back(shape.bordered());
      convolution.backward(gradient.view(), view, back.data());
      return std::tuple(out.values, mask.words, back);
    });
  });
}

}  // namespace
}  // namespace atelier::tensor
