// SPDX-License-Identifier: Apache-2.0
// A small network with random weights, pictures and gradients for it: what passes are tried on.
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "atelier/base/random.hpp"
#include "nets/vgg.hpp"

namespace atelier::nets::testing {

inline at::Tensor random_tensor(at::IntArrayRef shape, std::uint64_t seed, double deviation = 1.0) {
  RandomStream random(seed, "passes");
  at::Tensor t = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < t.numel(); ++i)
    t.data_ptr<double>()[i] = deviation * random.normal();
  return t;
}

/// Three blocks of two, two and one convolutions; channels that fill no whole block, or two.
inline std::map<std::string, at::Tensor> small_weights() {
  std::map<std::string, at::Tensor> weights;
  std::int64_t in = 3;
  std::uint64_t seed = 1;
  for (const auto& [name, out] : {std::pair{"conv1_1", 7},
                                  {"conv1_2", 16},
                                  {"conv2_1", 20},
                                  {"conv2_2", 33},
                                  {"conv3_1", 5}}) {
    const double deviation = 1.0 / std::sqrt(4.5 * static_cast<double>(in));
    weights[std::string(name) + ".weight"] =
        random_tensor({out, in, 3, 3}, seed++, deviation).to(at::kFloat);
    weights[std::string(name) + ".bias"] = random_tensor({out}, seed++, 0.1).to(at::kFloat);
    in = out;
  }
  return weights;
}

inline const InputConvention small_convention{true, 255, {103.9, 116.8, 123.7}, {70, 80, 90}};

inline Vgg small_vgg(Pooling pooling, Padding padding) {
  return Vgg("small", "", small_weights(), small_convention, {pooling, padding});
}

inline at::Tensor picture(std::int64_t height, std::int64_t width) {
  return random_tensor({1, 3, height, width}, 9, 0.2).add_(0.5).clamp_(0, 1);
}

inline double relative_error(const at::Tensor& ours, const at::Tensor& exact) {
  return ((ours.to(at::kDouble) - exact).norm() / (exact.norm() + 1e-30)).item<double>();
}

/// A gradient for each feature, of its shape.
inline Features gradients_for(const Features& features) {
  Features gradients;
  std::uint64_t seed = 30;
  for (const auto& [layer, values] : features) {
    gradients[layer] = random_tensor(values.sizes(), seed++).to(values.scalar_type());
  }
  return gradients;
}

}  // namespace atelier::nets::testing
