// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/warp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::vision {
namespace {

/// Pixels along one axis and what each gives to the value at a position between them.
template <int N>
struct Taps {
  std::array<int, N> at;
  std::array<float, N> weight;
};

template <int N>
Taps<N> taps(float position, int length) {
  // Far outside, all taps lie on the border's pixel anyway; this keeps the whole number small.
  const float where = std::clamp(position, -4.0F, static_cast<float>(length) + 3.0F);
  const float whole = std::floor(where), t = where - whole;
  Taps<N> result;
  for (int i = 0; i < N; ++i) {
    result.at[static_cast<std::size_t>(i)] =
        std::clamp(static_cast<int>(whole) + i - (N / 2 - 1), 0, length - 1);
  }
  if constexpr (N == 2) {
    result.weight = {1 - t, t};
  } else {
    const float t2 = t * t, t3 = t2 * t;
    result.weight = {-0.5F * t3 + t2 - 0.5F * t, 1.5F * t3 - 2.5F * t2 + 1,
                     -1.5F * t3 + 2 * t2 + 0.5F * t, 0.5F * t3 - 0.5F * t2};
  }
  return result;
}

template <int N>
void warp(const image::Image& picture, const FlowField& flow, image::Image& to) {
  const auto stride = static_cast<std::size_t>(picture.width) * 3;
  float* out = to.rgb.data();
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x, out += 3) {
      const auto across = taps<N>(static_cast<float>(x) + flow.dx(x, y), picture.width);
      const auto down = taps<N>(static_cast<float>(y) + flow.dy(x, y), picture.height);
      std::array<float, 3> sum{};
      for (std::size_t j = 0; j < N; ++j) {
        const float* row = picture.rgb.data() + static_cast<std::size_t>(down.at[j]) * stride;
        for (std::size_t i = 0; i < N; ++i) {
          const float weight = down.weight[j] * across.weight[i];
          const float* pixel = row + static_cast<std::size_t>(across.at[i]) * 3;
          for (std::size_t c = 0; c < 3; ++c) sum[c] += weight * pixel[c];
        }
      }
      for (std::size_t c = 0; c < 3; ++c) out[c] = std::clamp(sum[c], 0.0F, 1.0F);
    }
  }
}

}  // namespace

image::Image warped(const image::Image& picture, const FlowField& flow,
                    Interpolation interpolation) {
  if (flow.width != picture.width || flow.height != picture.height) {
    fail(ErrorKind::invalid_argument, "a flow of {} x {} px cannot move a picture of {} x {} px.",
         flow.width, flow.height, picture.width, picture.height);
  }
  image::Image result;
  result.width = picture.width;
  result.height = picture.height;
  result.bits = picture.bits;
  result.rgb.resize(picture.rgb.size());
  if (interpolation == Interpolation::bilinear) {
    warp<2>(picture, flow, result);
  } else {
    warp<4>(picture, flow, result);
  }
  return result;
}

}  // namespace atelier::vision
