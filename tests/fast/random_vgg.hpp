// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "atelier/base/random.hpp"
#include "atelier/image/image.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "nets/vgg.hpp"

namespace atelier::fast {

/// VGG-19 as far as relu5_1 with random weights, its real widths divided by `narrower`.
inline nets::FeatureNet random_vgg(std::int64_t narrower = 1) {
  std::map<std::string, at::Tensor> weights;
  std::int64_t inputs = 3;
  RandomStream chance(5, "vgg");
  const std::vector<std::pair<int, int>> blocks{{2, 64}, {2, 128}, {4, 256}, {4, 512}, {1, 512}};
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (int c = 1; c <= blocks[b].first; ++c) {
      const std::int64_t outputs = blocks[b].second / narrower;
      at::Tensor weight = at::empty({outputs, inputs, 3, 3});
      const double deviation = std::sqrt(2.0 / (9.0 * static_cast<double>(inputs)));
      auto* to = weight.data_ptr<float>();
      for (std::int64_t i = 0; i < weight.numel(); ++i) {
        to[i] = static_cast<float>(deviation * std::sqrt(12.0) * (chance.uniform() - 0.5));
      }
      const std::string name = "conv" + std::to_string(b + 1) + "_" + std::to_string(c);
      weights[name + ".weight"] = weight;
      weights[name + ".bias"] = at::full({outputs}, 0.01F);
      inputs = outputs;
    }
  }
  nets::InputConvention convention;
  convention.mean = {0.5, 0.5, 0.5};
  convention.std = {0.25, 0.25, 0.25};
  return nets::FeatureNet(std::make_shared<nets::Vgg>("random", "digest", weights, convention,
                                                      nets::FeatureNetOptions{}));
}

/// Waves of different lengths, directions and colours by `seed`.
inline image::Image waves(int width, int height, int seed) {
  image::Image picture;
  picture.width = width;
  picture.height = height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double phase = (0.11 * seed + 0.23) * x + (0.31 - 0.07 * seed) * y + c * (1 + seed);
        picture.rgb.push_back(static_cast<float>(0.5 + (0.4 - 0.1 * c) * std::sin(phase)));
      }
    }
  }
  return picture;
}

/// A packed set of `count` such pictures.
inline void pack_waves(const std::filesystem::path& path, int count, int size, int first) {
  train::PictureSetWriter writer(path);
  for (int i = 0; i < count; ++i) {
    const image::Image picture = waves(size, size + 4, first + i);
    std::vector<std::byte> bytes;
    for (const float v : picture.rgb) bytes.push_back(static_cast<std::byte>(std::lround(255 * v)));
    writer.add("wave" + std::to_string(i), picture.width, picture.height, bytes);
  }
  writer.finish();
}

}  // namespace atelier::fast
