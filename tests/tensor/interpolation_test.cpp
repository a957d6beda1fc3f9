// SPDX-License-Identifier: Apache-2.0
#include "tensor/interpolation.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <tuple>

#include "tensor/parallel.hpp"
#include "tensor/spill.hpp"

namespace atelier::tensor {
namespace {

const at::TensorOptions types[] = {at::kFloat, at::kDouble};

at::Tensor values(int height, int width, const at::TensorOptions& options) {
  at::manual_seed(static_cast<std::uint64_t>(height * 1000 + width));
  return at::rand({1, 3, height, width}, options).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor interpolated(const at::Tensor& x, const Axis& down, const Axis& across) {
  at::Tensor to = spillable_zeros({1, 3, static_cast<std::int64_t>(down.outputs.size()),
                                   static_cast<std::int64_t>(across.outputs.size())},
                                  x.options());
  interpolate(x, down, across, to);
  return to;
}

const std::tuple<int, int, int, int> sizes[] = {  // height and width, from and to
    {1, 1, 1, 1}, {1, 2, 5, 3}, {7, 9, 14, 18}, {16, 5, 8, 11}, {33, 64, 7, 7}, {30, 41, 1, 200}};

TEST(Interpolation, IsTorchs) {
  for (const at::TensorOptions& type : types) {
    for (const auto& [h, w, to_h, to_w] : sizes) {
      const at::Tensor x = values(h, w, type);
      const at::Tensor linear = interpolated(x, bilinear_axis(h, to_h), bilinear_axis(w, to_w));
      const at::Tensor want = at::upsample_bilinear2d(x.contiguous(), {to_h, to_w}, false);
      EXPECT_LT((linear - want).abs().max().item<double>(), 4e-6) << h << " " << to_h;
      const at::Tensor cubic = interpolated(x, bicubic_axis(h, to_h), bicubic_axis(w, to_w));
      const at::Tensor want_cubic = at::_upsample_bicubic2d_aa(x.contiguous(), {to_h, to_w}, false);
      EXPECT_LT((cubic - want_cubic).abs().max().item<double>(), 4e-6) << h << " " << to_h;
    }
  }
}

TEST(Interpolation, TheTransposeBringsGradientsBack) {
  for (const auto& [h, w, to_h, to_w] : sizes) {
    const at::Tensor x = values(h, w, at::kDouble), y = values(to_h, to_w, at::kDouble);
    for (const auto axis : {bilinear_axis, bicubic_axis}) {
      const Axis down = axis(h, to_h), across = axis(w, to_w);
      const double there = (interpolated(x, down, across) * y).sum().item<double>();
      const double back =
          (x * interpolated(y, transposed(down), transposed(across))).sum().item<double>();
      EXPECT_NEAR(there, back, 1e-6 * std::abs(there) + 1e-9) << h << " " << to_h;
    }
  }
}

TEST(Interpolation, AddsToWhatIsKept) {
  const Axis down = bilinear_axis(6, 12), across = bilinear_axis(5, 9);
  for (const at::TensorOptions& type : types) {
    const at::Tensor x = values(6, 5, type), before = values(12, 9, type);
    const at::Tensor want = 0.5 * before + interpolated(x, down, across);
    // What does not lie channels-last goes another way.
    for (const at::Tensor& from : {x, x.contiguous()}) {
      const at::Tensor to = before.clone();
      interpolate(from, down, across, to, 0.5);
      EXPECT_LT((to - want).abs().max().item<double>(), 1e-6);
    }
  }
}

TEST(Interpolation, GivesTheSameBytesForEveryNumberOfThreads) {
  const at::Tensor x = values(700, 900, at::kFloat);
  const Axis down = bicubic_axis(700, 1234), across = bicubic_axis(900, 1700);
  const int before = worker_count();
  const at::Tensor first = interpolated(x, down, across);
  for (const int threads : {1, 2, 5}) {
    set_worker_count(threads);
    EXPECT_TRUE(at::equal(interpolated(x, down, across), first));
  }
  set_worker_count(before);
}

}  // namespace
}  // namespace atelier::tensor
