// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/stages.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "nets/vgg.hpp"
#include "tensor/activations.hpp"

namespace atelier::nets {

std::vector<Stage> plan_stages(const Vgg& vgg, const std::vector<std::string>& layers) {
  std::vector<Stage> stages(vgg.depth(layers));
  for (std::size_t i = 0; i < stages.size(); ++i) {
    Stage& stage = stages[i];
    stage.layer = vgg.layers()[i];
    stage.channels = vgg.width(i);
    stage.wanted = std::find(layers.begin(), layers.end(), stage.layer) != layers.end();
    stage.pooled = i + 1 < stages.size() && vgg.pools_after(i);
    // The first convolution's kernels take ReLU's mask alone.
    stage.fused = stage.pooled && !stage.wanted && i > 0;
  }
  return stages;
}

std::vector<std::string> deepest(const Vgg& vgg, std::size_t count) {
  if (count == 0) return {};
  return {vgg.layers()[count - 1]};
}

tensor::Activations activations_in(tensor::Buffer<float>& memory, int height, int width,
                                   std::size_t channels) {
  tensor::Activations activations{nullptr, height, width, channels, tensor::padded(channels)};
  memory.reserve(activations.size());
  activations.data = memory.data();
  return activations;
}

bool take_gradient(const Stage& stage, const Features& gradients,
                   const tensor::Activations& features) {
  const auto given = gradients.find(stage.layer);
  if (!stage.wanted || given == gradients.end()) return false;
  if (given->second.data_ptr() != features.data) {
    tensor::as_tensor(features).copy_(given->second);
  }
  return true;
}

}  // namespace atelier::nets
