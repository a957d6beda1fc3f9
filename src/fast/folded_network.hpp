// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "fast/colour_transport.hpp"
#include "fast/network.hpp"

namespace atelier::fast {

/// The network for one style and given norms, as plain convolutions: normalisation, the style's
/// scales, shifts and matrices, and the colours' map are all linear, so that they become part of
/// the filters. Paints what Network::paint() does with these norms, but for rounding, in less time.
/// For tiles and the frames of a film.
class FoldedNetwork {
 public:
  /// `modulations`, `norms`: of one picture. `colours`: how the picture's are moved.
  FoldedNetwork(const Architecture& architecture, const train::Parameters& parameters,
                const Modulations& modulations, const LayerNorms& norms, const ColourMap& colours);

  /// `photo`: N x 3 x H x W, edges multiples of 8. Not clamped.
  [[nodiscard]] at::Tensor paint(const at::Tensor& photo) const;

 private:
  struct Filter {
    at::Tensor weight, bias;
    at::Tensor
        beside;  ///< C x C x 1 x 1: what the features beside are multiplied by, on the way up
  };
  [[nodiscard]] at::Tensor convolve(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor layer(const std::string& name, const at::Tensor& x) const;
  [[nodiscard]] at::Tensor up(const std::string& name, const at::Tensor& below,
                              const at::Tensor& beside) const;
  [[nodiscard]] at::Tensor blocks(const char* name, std::int64_t count, at::Tensor x) const;

  Architecture architecture_;
  ColourMap colours_;
  std::map<std::string, Filter> filters_;
};

}  // namespace atelier::fast
