// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "atelier/image/image.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::style {

/// Whose colours a painting gets: --color, --color-method, --color-strength.
///
/// **keep** (and what --color style leaves to the photograph). The run sees every picture with a
/// share 1 - k of its chroma, and k of the photograph's chroma is added to what it painted, whose
/// lightness stays; k is the strength of keep, or 1 less that of style. At k = 1 the run sees grey
/// pictures and gradients along grey alone. What sRGB has not is brought in by lowering chroma.
/// Source: Gatys, Ecker, Bethge, Hertzmann, Shechtman, "Controlling Perceptual Factors in Neural
/// Style Transfer", CVPR 2017, 4.2, luminance-only transfer. Differs: Oklab in place of YIQ; k
/// between 0 and 1 is ours; the paintings' lightness is not first matched to the photograph's. With
/// that, on four pairs at 256 px, the lightness' Gram distance to the painting ended 10 to 650 %
/// higher, and colours were held no better where it counts.
///
/// **match**. Before the run each painting's palette is fitted to the photograph's
/// (image/palette_map.hpp), `strength` of the way. Source: the same, 4.1, with other maps.
///
/// Pictures of any size: they are worked on in place or strip by strip, on all workers.
class Colouring {
 public:
  /// Changes `pictures` into what the run shall see.
  Colouring(const StylizeOptions& options, StylizePictures& pictures);

  /// Whether finished() brings any of the photograph's chroma.
  [[nodiscard]] bool brings_chroma() const noexcept { return kept_ > 0; }

  /// Keeps a start or a gradient among the pictures that the run may paint. Any device.
  void constrain(const at::Tensor& rgb) const;

  /// What the run painted (1 x 3 x h x w, of any scale), with its colours.
  [[nodiscard]] image::Image finished(const at::Tensor& painted) const;

 private:
  double kept_ = 0;        ///< share of the photograph's chroma, k above
  at::Tensor photograph_;  ///< on the processor, where it is needed
};

/// Fits the palettes of `styles` to that of `photograph`, as --color match does.
void fit_palettes(const StylizeOptions& options, image::Image& photograph,
                  std::vector<image::Image>& styles);

/// Pictures of the content's size that stand in memory or scratch for it during a run.
[[nodiscard]] int colouring_pictures(const StylizeOptions& options);

}  // namespace atelier::style
