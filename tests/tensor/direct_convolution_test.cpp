// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/direct_convolution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "plain_reflected.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

constexpr double limit = 1e-6;

struct Shape {
  int height, width;
  std::size_t inputs, outputs;
  int size, stride;
};

struct Example {
  explicit Example(const Shape& of, std::uint64_t seed)
      : shape(of),
        random(seed, "direct"),
        weight(random_floats(shape.inputs * shape.outputs * taps(), random,
                             1 / std::sqrt(static_cast<double>(shape.inputs * taps())))),
        bias(random_floats(shape.outputs, random, 0.1)),
        in(random_layer(shape.height, shape.width, shape.inputs, random)),
        convolution(weight.data(), bias.data(), shape.inputs, shape.outputs, shape.size,
                    shape.stride) {}

  [[nodiscard]] std::size_t taps() const {
    return static_cast<std::size_t>(shape.size * shape.size);
  }
  [[nodiscard]] Plain results() {
    return plain_reflected(plain(in), weight, bias, shape.size, shape.stride);
  }

  Shape shape;
  RandomStream random;
  std::vector<float> weight, bias;
  Layer in;
  DirectConvolution convolution;
};

TEST(DirectConvolution, IsThePlainLoops) {
  Worst worst;
  for (const Shape& shape : {Shape{5, 9, 3, 24, 3, 1},
                             {2, 2, 3, 5, 3, 1},
                             {8, 30, 24, 40, 4, 2},
                             {2, 4, 16, 16, 4, 2},
                             {60, 58, 20, 7, 4, 2},
                             {9, 31, 40, 33, 1, 1},
                             {1, 1, 5, 3, 1, 1},
                             {3, 50, 33, 128, 3, 1}}) {
    Example example(shape, 3);
    const Plain results = example.results();
    Layer before = random_layer(results.height, results.width, shape.outputs, example.random);
    for (const Finish finish : {Finish::bias, Finish::bias_add, Finish::relu}) {
      Plain want = results;
      finish_plainly(want, finish, before);
      on_every_instruction_set([&] {
        Workspace workspace;
        Layer out = before;
        example.convolution.forward(Part::whole(example.in.view()), finish, Part::whole(out.view()),
                                    {0, 0, out.height, out.width}, workspace);
        const double error = relative_error(out, want.values, 1);
        worst.see(error);
        EXPECT_LE(error, limit) << shape.height << " x " << shape.width << ", " << shape.inputs
                                << " to " << shape.outputs << ", size " << shape.size;
        EXPECT_TRUE(padding_is_zero(out));
      });
    }
  }
  record("error", worst);
}

/// Three channels without padding, as a picture lies in memory.
TEST(DirectConvolution, ReadsAnyStrideOfPositions) {
  Example example({7, 11, 3, 20, 3, 1}, 4);
  std::vector<float> dense;
  for (int y = 0; y < 7; ++y) {
    for (int x = 0; x < 11; ++x) {
      dense.insert(dense.end(), example.in.at(y, x), example.in.at(y, x) + 3);
    }
  }
  Layer padded_out(7, 11, 20), dense_out(7, 11, 20);
  Workspace workspace;
  const Region all{0, 0, 7, 11};
  example.convolution.forward(Part::whole(example.in.view()), Finish::relu,
                              Part::whole(padded_out.view()), all, workspace);
  example.convolution.forward(Part::whole({dense.data(), 7, 11, 3, 3}), Finish::relu,
                              Part::whole(dense_out.view()), all, workspace);
  EXPECT_EQ(padded_out.values, dense_out.values);
}

/// Exact: a layer in parts is the layer whole, from inputs kept in part.
TEST(DirectConvolution, ComputesRegionsToTheSameBytes) {
  for (const Shape& shape : {Shape{24, 40, 24, 20, 4, 2}, {12, 20, 3, 20, 3, 1}}) {
    Example example(shape, 5);
    const int height = shape.height / shape.stride, width = shape.width / shape.stride;
    Layer whole(height, width, shape.outputs);
    Workspace workspace;
    example.convolution.forward(Part::whole(example.in.view()), Finish::relu,
                                Part::whole(whole.view()), {0, 0, height, width}, workspace);
    for (const Region& r : {Region{0, 0, 5, 9}, {4, 3, 12, 20}, {11, 19, 12, 20}}) {
      const int s = shape.stride, top = std::max(0, r.top * s - 1),
                left = std::max(0, r.left * s - 1);
      Layer kept(std::min(shape.height, r.bottom * s + 1) - top,
                 std::min(shape.width, r.right * s + 1) - left, shape.inputs);
      for (int y = 0; y < kept.height; ++y) {
        for (int x = 0; x < kept.width; ++x) {
          std::copy_n(example.in.at(top + y, left + x), shape.inputs, kept.at(y, x));
        }
      }
      Layer out(r.bottom - r.top, r.right - r.left, shape.outputs);
      example.convolution.forward({kept.view(), top, left, shape.height, shape.width}, Finish::relu,
                                  {out.view(), r.top, r.left, height, width}, r, workspace);
      for (int y = r.top; y < r.bottom; ++y) {
        for (int x = r.left; x < r.right; ++x) {
          for (std::size_t c = 0; c < shape.outputs; ++c) {
            ASSERT_EQ(out.at(y - r.top, x - r.left)[c], whole.at(y, x)[c]) << y << " " << x;
          }
        }
      }
    }
  }
}

TEST(DirectConvolution, GivesTheSameBytesForEveryNumberOfThreads) {
  Example example({30, 44, 20, 33, 4, 2}, 9);
  on_every_instruction_set([&] {
    expect_same_for_every_number_of_threads([&] {
      Workspace workspace;
      Layer out(15, 22, 33);
      example.convolution.forward(Part::whole(example.in.view()), Finish::relu,
                                  Part::whole(out.view()), {0, 0, 15, 22}, workspace);
      return out.values;
    });
  });
}

}  // namespace
}  // namespace atelier::tensor
