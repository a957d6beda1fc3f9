// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/reflected_winograd.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "plain_reflected.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

constexpr double limit = 1e-5;
constexpr Finish finishes[] = {Finish::bias, Finish::bias_add, Finish::bias_add_relu, Finish::relu};

struct Shape {
  int height, width;
  std::size_t inputs, outputs;
};

struct Example {
  explicit Example(const Shape& of, std::uint64_t seed)
      : shape(of),
        random(seed, "reflected"),
        weight(random_floats(shape.inputs * shape.outputs * 9, random,
                             1 / std::sqrt(4.5 * static_cast<double>(shape.inputs)))),
        bias(random_floats(shape.outputs, random, 0.1)),
        in(random_layer(shape.height, shape.width, shape.inputs, random)),
        convolution(weight.data(), bias.data(), shape.inputs, shape.outputs) {}

  [[nodiscard]] Plain results(bool enlarged) {
    return plain_reflected(enlarged ? plain_enlarged(plain(in)) : plain(in), weight, bias, 3, 1);
  }
  void run(bool enlarged, Finish finish, const Part& out, const Region& where,
           Workspace& workspace) {
    const Part from = Part::whole(in.view());
    if (enlarged) {
      convolution.forward_enlarged(from, finish, out, where, workspace);
    } else {
      convolution.forward(from, finish, out, where, workspace);
    }
  }

  Shape shape;
  RandomStream random;
  std::vector<float> weight, bias;
  Layer in;
  ReflectedWinograd convolution;
};

TEST(ReflectedWinograd, IsThePlainLoops) {
  Worst worst;
  for (const Shape& shape : {Shape{1, 1, 3, 5},
                             {2, 2, 16, 16},
                             {2, 7, 5, 3},
                             {6, 6, 20, 33},
                             {7, 13, 24, 3},
                             {19, 5, 33, 24},
                             {25, 31, 40, 40},
                             {12, 18, 130, 20}}) {
    Example example(shape, 3);
    for (const bool enlarged : {false, true}) {
      const int by = enlarged ? 2 : 1;
      const Plain results = example.results(enlarged);
      Layer before =
          random_layer(by * shape.height, by * shape.width, shape.outputs, example.random);
      for (const Finish finish : finishes) {
        Plain want = results;
        finish_plainly(want, finish, before);
        on_every_instruction_set([&] {
          Workspace workspace;
          Layer out = before;
          const Part to = Part::whole(out.view());
          example.run(enlarged, finish, to, {0, 0, out.height, out.width}, workspace);
          const double error = relative_error(out, want.values, 1);
          worst.see(error);
          EXPECT_LE(error, limit) << shape.height << " x " << shape.width << ", " << shape.inputs
                                  << " to " << shape.outputs << ", finish "
                                  << static_cast<int>(finish) << ", enlarged " << enlarged;
          EXPECT_TRUE(padding_is_zero(out));
        });
      }
    }
  }
  record("error", worst);
}

/// Regions kept in memory of their own, their tiles elsewhere than those of the whole.
TEST(ReflectedWinograd, ComputesRegions) {
  Example example({21, 34, 20, 24}, 4);
  for (const bool enlarged : {false, true}) {
    const int by = enlarged ? 2 : 1, height = by * 21, width = by * 34;
    Plain want = example.results(enlarged);
    for (const Region& where : {Region{0, 0, 5, 7},
                                {3, 9, 16, 30},
                                {7, 27, 21, 34},
                                {20, 0, 21, 1},
                                {1, 1, 9, 12},
                                {by * 21 - 8, by * 34 - 13, by * 21, by * 34}}) {
      on_every_instruction_set([&] {
        Workspace workspace;
        // One row and column more than are asked for stay as they are.
        Layer kept(where.bottom - where.top + 1, where.right - where.left + 1, 24, 7);
        const Part out{kept.view(), where.top, where.left, height, width};
        example.run(enlarged, Finish::bias, out, where, workspace);
        for (int y = where.top; y <= where.bottom; ++y) {
          for (int x = where.left; x <= where.right; ++x) {
            const bool asked = y < where.bottom && x < where.right;
            for (std::size_t c = 0; c < 24; ++c) {
              ASSERT_NEAR(*(out.at(y, x) + c), asked ? want.at(y, x, c) : 7, 1e-4) << y << " " << x;
            }
          }
        }
      });
    }
  }
}

/// Its input kept in part, with one position more around the region.
TEST(ReflectedWinograd, ReadsWhatIsKept) {
  Example example({20, 30, 16, 16}, 5);
  Plain want = example.results(false);
  for (const Region& where : {Region{4, 5, 13, 19}, {0, 0, 6, 6}, {11, 20, 20, 30}}) {
    const int top = std::max(0, where.top - 1), left = std::max(0, where.left - 1);
    Layer kept(std::min(20, where.bottom + 1) - top, std::min(30, where.right + 1) - left, 16);
    for (int y = 0; y < kept.height; ++y) {
      for (int x = 0; x < kept.width; ++x) {
        std::copy_n(example.in.at(top + y, left + x), 16, kept.at(y, x));
      }
    }
    Layer out(20, 30, 16);
    Workspace workspace;
    example.convolution.forward({kept.view(), top, left, 20, 30}, Finish::bias,
                                Part::whole(out.view()), where, workspace);
    for (int y = where.top; y < where.bottom; ++y) {
      for (int x = where.left; x < where.right; ++x) {
        for (std::size_t c = 0; c < 16; ++c) {
          ASSERT_NEAR(out.at(y, x)[c], want.at(y, x, c), 1e-4) << y << " " << x;
        }
      }
    }
  }
}

TEST(ReflectedWinograd, GivesTheSameBytesForEveryNumberOfThreads) {
  Example example({31, 43, 20, 33}, 9);
  on_every_instruction_set([&] {
    expect_same_for_every_number_of_threads([&] {
      Workspace workspace;
      Layer out(31, 43, 33), large(62, 86, 33);
      example.run(false, Finish::relu, Part::whole(out.view()), {0, 0, 31, 43}, workspace);
      example.run(true, Finish::relu, Part::whole(large.view()), {0, 0, 62, 86}, workspace);
      return std::pair(out.values, large.values);
    });
  });
}

/// Exact.
TEST(ReflectedWinograd, WithoutWeightsGivesTheBias) {
  const std::vector<float> weight(20 * 30 * 9);
  RandomStream random(7, "reflected");
  const std::vector<float> bias = random_floats(30, random);
  const ReflectedWinograd convolution(weight.data(), bias.data(), 20, 30);
  Layer in = random_layer(9, 16, 20, random), out(9, 16, 30);
  Workspace workspace;
  convolution.forward(Part::whole(in.view()), Finish::relu, Part::whole(out.view()), {0, 0, 9, 16},
                      workspace);
  for (std::size_t c = 0; c < 30; ++c) EXPECT_EQ(out.at(8, 15)[c], std::max(bias[c], 0.0F));
}

}  // namespace
}  // namespace atelier::tensor
