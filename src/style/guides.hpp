// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "atelier/nets/feature_net.hpp"
#include "atelier/style/stylize.hpp"
#include "style/scene.hpp"

namespace atelier::style {

/// StylizeMasks as tensors of one size, 1 x 1 x H x W float32; undefined: none.
struct SceneMasks {
  std::vector<at::Tensor> styles;  ///< one a style, or empty
  at::Tensor content, protect;

  [[nodiscard]] bool any() const;
};
[[nodiscard]] SceneMasks to_tensors(const StylizeMasks& masks, at::Device device);
/// 1 x 1 x H x W float32.
[[nodiscard]] at::Tensor to_tensor(const image::Mask& mask, at::Device device);
/// At another size, antialiased, within 0..1.
[[nodiscard]] at::Tensor resized(const at::Tensor& mask, image::Size size);
[[nodiscard]] SceneMasks resized(const SceneMasks& masks, image::Size size);

/// Where each style counts. A style with a mask has a region of its own; where masks sum to more
/// than 1 they are scaled to 1; what they leave is shared, by their blend weights, by the styles
/// that have none. What is protected gets 1 - strength * protect of all that.
/// Without masks: one_region(). Guides have no layers yet. Regions that are nowhere are left out.
[[nodiscard]] std::vector<StyleRegion> style_regions(std::size_t styles,
                                                     const std::vector<double>& blend,
                                                     const SceneMasks& masks,
                                                     double protect_strength);

/// How much of each pixel some style reaches, protected or not; undefined: all of every one.
[[nodiscard]] at::Tensor reached(const SceneMasks& masks);

/// The picture as it is shown: where styles reach only in part, the photograph shows through.
/// `painting` itself when `reach` is undefined.
[[nodiscard]] at::Tensor laid_over(const at::Tensor& photograph, const at::Tensor& painting,
                                   const at::Tensor& reach);

/// A scene with the guides of its layers (nets::seen_through). `layers`: of the objective. All at
/// one scale.
[[nodiscard]] Scene guided_scene(const nets::FeatureNet& net,
                                 const std::vector<std::string>& layers,
                                 const StylizeOptions& options, const at::Tensor& content,
                                 const std::vector<at::Tensor>& styles, const SceneMasks& masks);

}  // namespace atelier::style
