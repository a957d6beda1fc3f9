// SPDX-License-Identifier: Apache-2.0
#include "style/guides.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "nets/network.hpp"
#include "nets/receptive_field.hpp"
#include "tensor/interpolation.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

/// Mean weight below which a region is nowhere.
constexpr double nowhere = 1e-6;

at::Tensor sum_of(const std::vector<at::Tensor>& masks) {
  at::Tensor sum;
  for (const at::Tensor& mask : masks) {
    if (mask.defined()) sum = sum.defined() ? sum + mask : mask;
  }
  return sum;
}

/// The styles that have no mask, by their blend weights, which are made to sum to 1.
StyleRegion the_others(std::size_t styles, const std::vector<double>& blend,
                       const std::vector<at::Tensor>& masks) {
  StyleRegion region;
  double whole = 0;
  for (std::size_t i = 0; i < styles; ++i) {
    const double weight = blend.empty() ? 1.0 : blend[i];
    if (masks[i].defined() || weight <= 0) continue;
    region.styles.emplace_back(i, weight);
    whole += weight;
  }
  for (auto& [style, weight] : region.styles) weight /= whole;
  return region;
}

void show_to_layers(Guide& guide, const nets::FeatureNet& net,
                    const std::vector<std::string>& layers) {
  if (!guide.picture.defined()) return;
  for (const std::string& layer : layers) {
    guide.layers[layer] = nets::seen_through(net.network().windows(layer), guide.picture);
  }
}

}  // namespace

bool SceneMasks::any() const {
  const auto is_there = [](const at::Tensor& mask) { return mask.defined(); };
  return content.defined() || protect.defined() ||
         std::any_of(styles.begin(), styles.end(), is_there);
}

at::Tensor to_tensor(const image::Mask& mask, at::Device device) {
  at::Tensor values = at::empty({1, 1, mask.height, mask.width}, at::kFloat);
  std::memcpy(values.data_ptr<float>(), mask.values.data(), mask.values.size() * sizeof(float));
  return values.to(device);
}

at::Tensor resized(const at::Tensor& mask, image::Size size) {
  if (!mask.defined() || size_of(mask) == size) return mask;
  const at::Tensor from = mask.contiguous(at::MemoryFormat::ChannelsLast);
  at::Tensor to =
      at::empty({1, 1, size.height, size.width}, mask.options(), at::MemoryFormat::ChannelsLast);
  const image::Size was = size_of(mask);
  tensor::interpolate(from, tensor::bicubic_axis(was.height, size.height),
                      tensor::bicubic_axis(was.width, size.width), to);
  return to.clamp_(0, 1).contiguous();
}

SceneMasks to_tensors(const StylizeMasks& masks, at::Device device) {
  SceneMasks result;
  for (const auto& mask : masks.styles) {
    result.styles.push_back(mask ? to_tensor(*mask, device) : at::Tensor());
  }
  if (masks.content) result.content = to_tensor(*masks.content, device);
  if (masks.protect) result.protect = to_tensor(*masks.protect, device);
  return result;
}

SceneMasks resized(const SceneMasks& masks, image::Size size) {
  SceneMasks result;
  for (const at::Tensor& mask : masks.styles) result.styles.push_back(resized(mask, size));
  result.content = resized(masks.content, size);
  result.protect = resized(masks.protect, size);
  return result;
}

std::vector<StyleRegion> style_regions(std::size_t styles, const std::vector<double>& blend,
                                       const SceneMasks& masks, double protect_strength) {
  std::vector<StyleRegion> regions;
  const at::Tensor sum = sum_of(masks.styles);
  if (sum.defined()) {
    const at::Tensor scale = 1 / sum.clamp_min(1);
    for (std::size_t i = 0; i < styles; ++i) {
      if (!masks.styles[i].defined()) continue;
      StyleRegion region;
      region.guide.picture = masks.styles[i] * scale;
      region.styles.emplace_back(i, 1.0);
      regions.push_back(std::move(region));
    }
    StyleRegion others = the_others(styles, blend, masks.styles);
    others.guide.picture = (1 - sum).clamp_min(0);
    if (!others.styles.empty()) regions.push_back(std::move(others));
  } else {
    regions = one_region(styles, blend);
  }
  for (StyleRegion& region : regions) {
    at::Tensor& weights = region.guide.picture;
    if (masks.protect.defined()) {
      const at::Tensor left = 1 - protect_strength * masks.protect;
      weights = weights.defined() ? weights * left : left;
    }
    if (weights.defined()) region.guide.share = weights.mean(at::kDouble).item<double>();
  }
  std::erase_if(regions, [](const StyleRegion& region) { return region.guide.share < nowhere; });
  return regions;
}

at::Tensor reached(const SceneMasks& masks) {
  const at::Tensor sum = sum_of(masks.styles);
  const bool others = std::any_of(masks.styles.begin(), masks.styles.end(),
                                  [](const at::Tensor& mask) { return !mask.defined(); });
  if (!sum.defined() || others) return {};
  const at::Tensor reach = sum.clamp_max(1);
  return reach.min().item<double>() < 1 ? reach : at::Tensor();
}

at::Tensor laid_over(const at::Tensor& photograph, const at::Tensor& painting,
                     const at::Tensor& reach) {
  if (!reach.defined()) return painting;
  at::Tensor shown = tensor::spillable_zeros(painting.sizes(), painting.options());
  tensor::by_strips(
      [](const at::Tensor& to, const at::Tensor& over, const at::Tensor& under,
         const at::Tensor& part) { to.copy_(under + (over - under) * part.to(over.options())); },
      shown, painting, photograph, reach);
  return shown;
}

Scene guided_scene(const nets::FeatureNet& net, const std::vector<std::string>& layers,
                   const StylizeOptions& options, const at::Tensor& content,
                   const std::vector<at::Tensor>& styles, const SceneMasks& masks) {
  Scene scene{content,
              styles,
              style_regions(styles.size(), options.blend, masks, options.protect_strength),
              {}};
  for (StyleRegion& region : scene.regions) show_to_layers(region.guide, net, layers);
  if (masks.content.defined()) {
    scene.content_guide.picture = masks.content;
    scene.content_guide.share = masks.content.mean(at::kDouble).item<double>();
    show_to_layers(scene.content_guide, net, layers);
  }
  return scene;
}

}  // namespace atelier::style
