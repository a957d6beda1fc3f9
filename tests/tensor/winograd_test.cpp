// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/winograd.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <tuple>
#include <vector>

#include "plain.hpp"
#include "sweeps.hpp"
#include "tensor/kernels/pooling.hpp"

namespace atelier::tensor {
namespace {

constexpr double forward_limit = 1e-5, backward_limit = 2e-5;
constexpr Finish finishes[] = {Finish::relu, Finish::relu_max, Finish::relu_average};

bool pools(Finish finish) {
  return finish != Finish::relu;
}

struct Shape {
  int height, width;
  std::size_t inputs, outputs;

  [[nodiscard]] double products() const {
    return 9.0 * height * width * static_cast<double>(inputs * outputs);
  }
};

/// A convolution with random weights under which results are about as large as inputs, and its
/// plain counterpart.
struct Example {
  explicit Example(const Shape& of, std::uint64_t seed)
      : shape(of),
        random(seed, "winograd"),
        weight(random_floats(shape.inputs * shape.outputs * 9, random,
                             1 / std::sqrt(4.5 * static_cast<double>(shape.inputs)))),
        bias(random_floats(shape.outputs, random, 0.1)),
        in(random_layer(shape.height, shape.width, shape.inputs, random)),
        convolution(weight.data(), bias.data(), shape.inputs, shape.outputs) {}

  [[nodiscard]] Layer finished(Finish finish, float value = 0) const {
    const int by = pools(finish) ? 2 : 1;
    return {shape.height / by, shape.width / by, shape.outputs, value};
  }

  /// Before ReLU: positions x outputs.
  [[nodiscard]] std::vector<double> plain_results() {
    const auto plain = plain_weights(weight, shape.inputs, shape.outputs, false);
    std::vector<double> results = plain_convolution(in, plain, shape.outputs);
    for (std::size_t i = 0; i < results.size(); ++i) results[i] += bias[i % shape.outputs];
    return results;
  }

  Shape shape;
  RandomStream random;
  std::vector<float> weight, bias;
  Layer in;
  WinogradConvolution convolution;
};

/// The values of a window, of one position when nothing pools.
struct Window {
  double value[4];
  int count;

  [[nodiscard]] double greatest() const { return *std::max_element(value, value + count); }
};

Window window(const std::vector<double>& results, const Shape& shape, Finish finish, int y, int x,
              std::size_t c) {
  const int by = pools(finish) ? 2 : 1;
  Window w{{}, by * by};
  for (int k = 0; k < w.count; ++k) {
    const int at = (by * y + k / by) * shape.width + by * x + k % by;
    w.value[k] = results[static_cast<std::size_t>(at) * shape.outputs + c];
  }
  return w;
}

std::vector<double> plain_finish(const std::vector<double>& results, const Shape& shape,
                                 Finish finish) {
  const int by = pools(finish) ? 2 : 1;
  std::vector<double> out;
  for (int y = 0; y < shape.height / by; ++y) {
    for (int x = 0; x < shape.width / by; ++x) {
      for (std::size_t c = 0; c < shape.outputs; ++c) {
        const Window w = window(results, shape, finish, y, x, c);
        double sum = 0;
        for (int k = 0; k < w.count; ++k) sum += std::max(w.value[k], 0.0);
        out.push_back(finish == Finish::relu_average ? sum / 4 : std::max(w.greatest(), 0.0));
      }
    }
  }
  return out;
}

/// Whether the mask passes what it should; where rounding decides, either will do.
void check_mask(Bits& mask, const std::vector<double>& results, const Shape& shape, Finish finish) {
  constexpr double rounding = 1e-3;
  const int by = pools(finish) ? 2 : 1;
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0; x < shape.width; ++x) {
      const bool whole = y / by < shape.height / by && x / by < shape.width / by;
      for (std::size_t c = 0; c < mask.blocks * block; ++c) {
        if (!whole || c >= shape.outputs) {
          ASSERT_FALSE(mask.at(y, x, c)) << y << ", " << x << ", channel " << c;
          continue;
        }
        const Window w = window(results, shape, finish, y / by, x / by, c);
        const double value = w.value[y % by * by + x % by];
        bool clear = std::abs(value) > rounding, passes = value > 0;
        if (finish == Finish::relu_max && w.greatest() > rounding) {
          for (const double& other : w.value) {
            const double lead = value - other;
            if (&other != &w.value[y % by * by + x % by]) {
              clear = clear && std::abs(lead) > rounding;
              passes = passes && lead > 0;
            }
          }
        }
        if (!clear) continue;
        ASSERT_EQ(mask.at(y, x, c), passes) << y << ", " << x << ", channel " << c;
      }
    }
  }
}

/// Of a pooled window with any value above zero exactly one passes, of others none.
void check_maximum(Bits& mask, Layer& out) {
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      for (std::size_t c = 0; c < out.channels; ++c) {
        int passing = 0;
        for (int k = 0; k < 4; ++k) passing += mask.at(2 * y + k / 2, 2 * x + k % 2, c);
        ASSERT_EQ(passing, out.at(y, x)[c] > 0 ? 1 : 0) << y << ", " << x << ", channel " << c;
      }
    }
  }
}

struct Errors {
  Worst forward, backward;

  void record() const {
    tensor::record("forward", forward);
    tensor::record("backward", backward);
  }
};

void check(Example& example, Finish finish, Workspace& workspace, Errors& errors) {
  const Shape& shape = example.shape;
  SCOPED_TRACE(testing::Message() << shape.height << " x " << shape.width << ", " << shape.inputs
                                  << " to " << shape.outputs << ", finish "
                                  << static_cast<int>(finish));
  const std::vector<double> results = example.plain_results();
  const std::vector<double> want = plain_finish(results, shape, finish);
  const auto turned = plain_weights(example.weight, shape.inputs, shape.outputs, true);
  Layer nothing = example.finished(finish);
  Layer gradient = random_layer(nothing.height, nothing.width, shape.outputs, example.random);
  const Layer before = random_layer(shape.height, shape.width, shape.inputs, example.random);
  Bits last_mask(shape.height, shape.width, shape.outputs);
  std::vector<double> back_want;

  on_every_instruction_set([&] {
    Layer out = example.finished(finish, 9);
    Bits mask(shape.height, shape.width, shape.outputs, 0xa5a5);
    const Mask view = mask.view();
    example.convolution.forward(example.in.view(), finish, out.view(), &view, workspace);
    const double error = relative_error(out, want, 1);
    errors.forward.see(error);
    ASSERT_LE(error, forward_limit);
    ASSERT_TRUE(padding_is_zero(out));
    check_mask(mask, results, shape, finish);
    if (finish == Finish::relu_max) check_maximum(mask, out);
    Layer unmasked = example.finished(finish, 9);
    example.convolution.forward(example.in.view(), finish, unmasked.view(), nullptr, workspace);
    ASSERT_EQ(unmasked.values, out.values);

    // Instruction sets round differently, so that masks may differ, but seldom do.
    if (back_want.empty() || mask.words != last_mask.words) {
      Layer open = plain_unfinished(gradient, finish, mask);
      back_want = plain_convolution(open, turned, shape.inputs);
      last_mask = mask;
    }
    const double usual =
        0.5 * std::sqrt(static_cast<double>(shape.outputs) / static_cast<double>(shape.inputs));
    Layer back(shape.height, shape.width, shape.inputs, 9);
    example.convolution.backward(gradient.view(), finish, view, back.view(), false, workspace);
    const double back_error = relative_error(back, back_want, usual);
    errors.backward.see(back_error);
    ASSERT_LE(back_error, backward_limit);
    ASSERT_TRUE(padding_is_zero(back));

    Layer sum = before;
    example.convolution.backward(gradient.view(), finish, view, sum.view(), true, workspace);
    for (std::size_t i = 0; i < sum.values.size(); ++i) {
      ASSERT_EQ(sum.values[i], back.values[i] + before.values[i]);
    }
  });
}

/// Shapes by chance, none of more than `most` products.
void check_sample(int count, std::uint64_t seed, double most, Errors& errors) {
  RandomStream random(seed, "winograd shapes");
  Workspace workspace;  // one for all: what a call finds in it must not matter
  for (int i = 0; i < count;) {
    const int height = pick(random, 1, 67), width = pick(random, 1, 67);
    const auto inputs = static_cast<std::size_t>(pick(random, 1, 515));
    const auto outputs = static_cast<std::size_t>(pick(random, 1, 515));
    const Shape shape{height, width, inputs, outputs};
    if (shape.products() > most) continue;
    Example example(shape, seed + static_cast<std::uint64_t>(i));
    check(example, finishes[i % 3], workspace, errors);
    ++i;
  }
}

TEST(Winograd, AgreesWithPlainLoopsAtEveryEdgeOfATile) {
  Errors errors;
  Workspace workspace;
  for (const auto& [height, width] :
       {std::pair{1, 1}, {1, 2}, {2, 1}, {3, 5}, {6, 6}, {7, 6}, {5, 13}, {12, 8}, {11, 19}}) {
    for (const auto& [inputs, outputs] : {std::pair{1, 1}, {3, 17}, {16, 16}, {33, 5}}) {
      Example example(
          {height, width, static_cast<std::size_t>(inputs), static_cast<std::size_t>(outputs)}, 1);
      for (const Finish finish : finishes) check(example, finish, workspace, errors);
    }
  }
  errors.record();
}

/// Widths at which tiles are grouped and weights kept in another way.
TEST(Winograd, AgreesWithPlainLoopsForWideLayers) {
  Errors errors;
  Workspace workspace;
  for (const auto& [inputs, outputs] :
       {std::pair{256, 256}, {257, 255}, {240, 273}, {515, 20}, {2, 515}, {16, 497}}) {
    Example example({8, 9, static_cast<std::size_t>(inputs), static_cast<std::size_t>(outputs)}, 2);
    check(example, finishes[inputs % 3], workspace, errors);
  }
  errors.record();
}

TEST(Winograd, AgreesWithPlainLoopsOnASampleOfShapes) {
  Errors errors;
  check_sample(15, 3, 3e7, errors);
  errors.record();
}

TEST(SlowWinograd, AgreesWithPlainLoopsOnALargerSample) {
  Errors errors;
  check_sample(200, 4, 2.5e8, errors);
  errors.record();
}

TEST(SlowWinograd, AgreesWithPlainLoopsForTheWidestLayers) {
  Errors errors;
  Workspace workspace;
  for (const Shape& shape : {Shape{13, 20, 512, 512}, {67, 67, 67, 64}, {30, 14, 515, 300}}) {
    Example example(shape, 5);
    check(example, Finish::relu_max, workspace, errors);
  }
  errors.record();
}

/// Ones under a filter of ones count their neighbours: 9, at an edge 6, in a corner 4.
TEST(Winograd, CountsNeighbours) {
  const std::vector<float> weight(9, 1), bias(1);
  const WinogradConvolution convolution(weight.data(), bias.data(), 1, 1);
  on_every_instruction_set([&] {
    Workspace workspace;
    Layer in(10, 14, 1), out(10, 14, 1);
    for (int y = 0; y < 10; ++y) {
      for (int x = 0; x < 14; ++x) in.at(y, x)[0] = 1;
    }
    convolution.forward(in.view(), Finish::relu, out.view(), nullptr, workspace);
    for (int y = 0; y < 10; ++y) {
      for (int x = 0; x < 14; ++x) {
        const int want = (y % 9 == 0 ? 2 : 3) * (x % 13 == 0 ? 2 : 3);
        EXPECT_NEAR(out.at(y, x)[0], want, 1e-5);
      }
    }
  });
}

/// A filter with a single one moves the picture; on the way back, the gradient the other way.
TEST(Winograd, MovesThePictureByAFilterOfOneValue) {
  RandomStream random(6, "winograd");
  Layer in = random_layer(13, 11, 1, random);
  for (float& v : in.values) v = std::abs(v);
  const std::vector<float> bias(1);
  const auto moved = [&](int down, int right) {
    std::vector<double> values;
    for (int y = down; y < in.height + down; ++y) {
      for (int x = right; x < in.width + right; ++x) {
        const bool inside = y >= 0 && x >= 0 && y < in.height && x < in.width;
        values.push_back(inside ? in.at(y, x)[0] : 0);
      }
    }
    return values;
  };
  Worst forward, backward;
  for (std::size_t k = 0; k < 9; ++k) {
    std::vector<float> weight(9);
    weight[k] = 1;
    const int down = static_cast<int>(k / 3) - 1, right = static_cast<int>(k % 3) - 1;
    const WinogradConvolution convolution(weight.data(), bias.data(), 1, 1);
    on_every_instruction_set([&] {
      Workspace workspace;
      Layer out(in.height, in.width, 1), back(in.height, in.width, 1);
      Bits all(in.height, in.width, 1, 0xffff);
      convolution.forward(in.view(), Finish::relu, out.view(), nullptr, workspace);
      convolution.backward(in.view(), Finish::relu, all.view(), back.view(), false, workspace);
      forward.see(relative_error(out, moved(down, right), 0));
      backward.see(relative_error(back, moved(-down, -right), 0));
    });
  }
  EXPECT_LE(forward.value(), forward_limit);
  EXPECT_LE(backward.value(), backward_limit);
  record("forward", forward);
  record("backward", backward);
}

/// Exact: without weights a result is its bias.
TEST(Winograd, IsTheBiasWithoutWeights) {
  RandomStream random(7, "winograd");
  const std::vector<float> weight(20 * 30 * 9), bias = random_floats(30, random);
  const WinogradConvolution convolution(weight.data(), bias.data(), 20, 30);
  Layer in = random_layer(9, 16, 20, random);
  on_every_instruction_set([&] {
    for (const Finish finish : finishes) {
      const int by = pools(finish) ? 2 : 1;
      Workspace workspace;
      Layer out(9 / by, 16 / by, 30);
      convolution.forward(in.view(), finish, out.view(), nullptr, workspace);
      for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
          for (std::size_t c = 0; c < 30; ++c) EXPECT_EQ(out.at(y, x)[c], std::max(bias[c], 0.0F));
        }
      }
    }
  });
}

/// Exact: pooling within the convolution is pooling after it.
TEST(Winograd, PoolsAsPoolingDoes) {
  for (const auto& [height, width] : {std::pair{12, 18}, {13, 7}, {2, 2}, {1, 9}, {35, 20}}) {
    Example example({height, width, 20, 33}, 8);
    on_every_instruction_set([&] {
      for (const Finish finish : {Finish::relu_max, Finish::relu_average}) {
        Workspace workspace;
        Layer fused = example.finished(finish), apart = fused;
        Layer whole = example.finished(Finish::relu);
        Bits fused_mask(height, width, 33), relu_mask = fused_mask, pool_mask = fused_mask;
        const Mask masks[] = {fused_mask.view(), relu_mask.view(), pool_mask.view()};
        example.convolution.forward(example.in.view(), finish, fused.view(), &masks[0], workspace);
        example.convolution.forward(example.in.view(), Finish::relu, whole.view(), &masks[1],
                                    workspace);
        pool(whole.view(), finish, apart.view(), &masks[2]);
        ASSERT_EQ(fused.values, apart.values);
        for (std::size_t i = 0; i < fused_mask.words.size(); ++i) {
          ASSERT_EQ(fused_mask.words[i], relu_mask.words[i] & pool_mask.words[i]);
        }

        Layer gradient = random_layer(fused.height, fused.width, 33, example.random);
        Layer fused_back(height, width, 20), back = fused_back, unpooled(height, width, 33);
        example.convolution.backward(gradient.view(), finish, masks[0], fused_back.view(), false,
                                     workspace);
        pool_backward(gradient.view(), finish, masks[2], unpooled.view());
        example.convolution.backward(unpooled.view(), Finish::relu, masks[1], back.view(), false,
                                     workspace);
        ASSERT_EQ(fused_back.values, back.values);
      }
    });
  }
}

/// Layers whose workers have tiles of their own, and layers that they share.
TEST(Winograd, GivesTheSameBytesForEveryNumberOfThreads) {
  for (const Shape& shape :
       {Shape{31, 43, 20, 33}, {5, 6, 3, 20}, {31, 13, 256, 5}, {9, 31, 3, 515}}) {
    Example example(shape, 9);
    RandomStream random(10, "gradient");
    Layer gradient = random_layer(shape.height, shape.width, shape.outputs, random);
    on_every_instruction_set([&] {
      expect_same_for_every_number_of_threads([&] {
        const WinogradConvolution convolution(example.weight.data(), example.bias.data(),
                                              shape.inputs, shape.outputs);
        Workspace workspace;
        std::vector<std::tuple<std::vector<float>, std::vector<std::uint16_t>, std::vector<float>>>
            results;
        for (const Finish finish : finishes) {
          Layer out = example.finished(finish), back(shape.height, shape.width, shape.inputs);
          Bits mask(shape.height, shape.width, shape.outputs);
          const Mask view = mask.view();
          convolution.forward(example.in.view(), finish, out.view(), &view, workspace);
          Activations of_out = out.view();  // as many numbers of the gradient as it has
          of_out.data = gradient.values.data();
          convolution.backward(of_out, finish, view, back.view(), false, workspace);
          results.emplace_back(out.values, mask.words, back.values);
        }
        return results;
      });
    });
  }
}

/// Exact: a workspace serves every shape and number of threads after any other.
TEST(Winograd, KeepsNothingInItsWorkspace) {
  Workspace kept;
  for (const int threads : {1, 3, 2}) {
    set_worker_count(threads);
    for (const Shape& shape : {Shape{30, 20, 16, 40}, {5, 5, 300, 3}, {40, 31, 3, 5}}) {
      Example example(shape, 11);
      Workspace fresh;
      Layer out = example.finished(Finish::relu), again = out;
      example.convolution.forward(example.in.view(), Finish::relu, out.view(), nullptr, kept);
      example.convolution.forward(example.in.view(), Finish::relu, again.view(), nullptr, fresh);
      EXPECT_EQ(out.values, again.values);
      std::fill_n(kept.input.data(), kept.input.size(), std::numeric_limits<float>::quiet_NaN());
      std::fill_n(kept.output.data(), kept.output.size(), std::numeric_limits<float>::quiet_NaN());
    }
  }
  set_worker_count(1);
}

}  // namespace
}  // namespace atelier::tensor
