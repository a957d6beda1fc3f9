// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/gan/painter.hpp"

namespace atelier::gan {

/// A direction that people have a word for.
struct Slider {
  std::string name;     ///< of slider_names(): a step up means more of it
  Direction direction;  ///< one step: as far as styles deviate in this, to either side
};

/// Names of all sliders, in order: light, warm, colour, contrast, detail.
[[nodiscard]] const std::vector<std::string>& slider_names();

/// The directions along which a generator's pictures change in what is measured of them: mean
/// lightness, mean of a + b and mean chroma (Oklab), deviation of lightness, mean step of lightness
/// from pixel to pixel.
///
/// Each is the gradient of the measure with respect to the style at the mean, in the principal
/// components of styles and in units of their deviations: the components are measured one by one,
/// half a deviation to either side (32 pictures are painted). What changes along with it, because
/// the generator has learned no other, changes too.
///
/// Source: directions by measured attributes as in Shen et al., "Interpreting the latent space of
/// GANs for semantic face editing", CVPR 2020. Differs: a gradient in place of a classifier's
/// normal.
[[nodiscard]] std::vector<Slider> sliders(const Painter& painter);

}  // namespace atelier::gan
