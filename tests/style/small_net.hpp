// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "atelier/base/random.hpp"
#include "atelier/image/image.hpp"
#include "atelier/nets/feature_net.hpp"
#include "nets/vgg.hpp"

namespace atelier::style {

inline at::Tensor random_tensor(at::IntArrayRef shape, std::uint64_t seed, double deviation = 1.0) {
  RandomStream random(seed, "test");
  at::Tensor values = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < values.numel(); ++i) {
    values.data_ptr<double>()[i] = deviation * random.normal();
  }
  return values;
}

/// Three blocks of two, two and one convolutions, 8, 12 and 20 channels, with random weights.
inline nets::FeatureNet small_net(nets::FeatureNetOptions options = {}) {
  std::map<std::string, at::Tensor> weights;
  int in = 3;
  std::uint64_t seed = 1;
  for (const auto& [layer, out] : {std::pair{"conv1_1", 8},
                                   {"conv1_2", 8},
                                   {"conv2_1", 12},
                                   {"conv2_2", 12},
                                   {"conv3_1", 20}}) {
    weights[std::string(layer) + ".weight"] =
        random_tensor({out, in, 3, 3}, seed++, 1.0 / std::sqrt(4.5 * in)).to(at::kFloat);
    weights[std::string(layer) + ".bias"] = random_tensor({out}, seed++, 0.1).to(at::kFloat);
    in = out;
  }
  nets::InputConvention convention;
  convention.mean = {0.5, 0.5, 0.5};
  convention.std = {0.25, 0.25, 0.25};
  return nets::FeatureNet(std::make_shared<nets::Vgg>("small", "", weights, convention, options));
}

/// Waves of different lengths and directions by `seed`.
inline image::Image waves(int width, int height, int seed) {
  image::Image picture;
  picture.width = width;
  picture.height = height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double phase = (0.11 * seed + 0.23) * x + (0.31 - 0.07 * seed) * y + c * (1 + seed);
        picture.rgb.push_back(static_cast<float>(0.5 + 0.4 * std::sin(phase)));
      }
    }
  }
  return picture;
}

/// Largest difference between `gradient` and central differences of `f` at `x` (both double),
/// relative to the gradient's largest element. Looks at each `every`-th element.
inline double gradient_error(const std::function<double(const at::Tensor&)>& f, const at::Tensor& x,
                             const at::Tensor& gradient, double h = 1e-6, int every = 1) {
  double worst = 0;
  const at::Tensor flat_gradient = gradient.contiguous().reshape(-1);
  const at::Tensor point = x.contiguous();
  for (std::int64_t i = 0; i < point.numel(); i += every) {
    const auto at_offset = [&](double offset) {
      at::Tensor moved = point.clone();
      moved.reshape(-1)[i] += offset;
      return f(moved);
    };
    const double numeric = (at_offset(h) - at_offset(-h)) / (2 * h);
    worst = std::max(worst, std::abs(numeric - flat_gradient[i].item<double>()));
  }
  return worst / flat_gradient.abs().max().item<double>();
}

}  // namespace atelier::style
