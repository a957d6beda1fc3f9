// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "palette/field.hpp"

namespace atelier::palette {

/// Colours that are alike, counted together: those of one cell of the grid.
struct Bin {
  Even colour{};       ///< mean
  image::Rgb rgb{};    ///< mean, sRGB
  double witness = 0;  ///< sums over its pixels
  double area = 0;
  int peak = 0;  ///< whose it is, 0..
};

/// The colours of a picture on a grid with cells of 0.01, in a fixed order, each with the peak of
/// the smoothed density (Gaussian of about 0.014) that it belongs to.
///
/// Cells join the peak that they lead up to, from the densest down; where two peaks meet, the lower
/// is one of its own only if it is at least twice as high as the pass (step 2 of extract()).
[[nodiscard]] std::vector<Bin> count_colours(const Field& field);

}  // namespace atelier::palette
