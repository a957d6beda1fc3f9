// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/things.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "appraise/spread.hpp"
#include "atelier/image/file.hpp"
#include "nets/image_tensor.hpp"
#include "nets/network.hpp"

namespace atelier::appraise {
namespace {

constexpr int step = 32, least_edge = 64;         // px
constexpr double lowest = 0.02, highest = 0.995;  // quantiles of the seed that become 0 and 1
const std::vector<std::string> layers{"block5", "block8", "block11", "block15", "head"};

image::Size seen_size(image::Size size) {
  const double scale = static_cast<double>(things_edge) / std::max(size.width, size.height);
  const auto edge = [&](int length) {
    return std::max(least_edge, step * static_cast<int>(std::lround(length * scale / step)));
  };
  return {edge(size.width), edge(size.height)};
}

/// From its least to its greatest value, but for outliers: 0..1.
at::Tensor evened(const at::Tensor& map) {
  const at::Tensor low = at::quantile(map.flatten(), lowest),
                   high = at::quantile(map.flatten(), highest);
  return ((map - low) / (high - low).clamp_min(1e-9)).clamp(0, 1);
}

}  // namespace

image::Mask where_things_are(const nets::FeatureNet& eyes, const image::Image& picture) {
  const c10::NoGradGuard frozen;
  const at::Tensor seen =
      nets::to_tensor(image::resize(picture, seen_size({picture.width, picture.height})));
  const nets::Features plain = eyes.network().forward(seen, layers),
                       mirrored = eyes.network().forward(seen.flip(3).contiguous(), layers);
  std::vector<at::Tensor> features;  // 1 x C x h x w
  for (const std::string& layer : layers)
    features.push_back((plain.at(layer) + mirrored.at(layer).flip(3)) / 2);
  const std::array<std::int64_t, 2> size{features.front().size(2), features.front().size(3)};
  const auto enlarged = [&](const at::Tensor& map) {
    return at::upsample_bicubic2d(map, size, /*align_corners=*/false)[0].contiguous();
  };
  const at::Tensor seed =
      evened(enlarged(features.back().square().sum(1, /*keepdim=*/true).sqrt())[0]);
  features.pop_back();
  for (at::Tensor& layer : features) layer = enlarged(layer);
  const at::Tensor map = spread(features, seed).contiguous();
  image::Mask mask{static_cast<int>(map.size(1)), static_cast<int>(map.size(0)), {}};
  mask.values.assign(map.data_ptr<float>(), map.data_ptr<float>() + map.numel());
  return mask;
}

}  // namespace atelier::appraise
