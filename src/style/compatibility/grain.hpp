// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::style {

/// Variance of a picture's lightness (Oklab's L) by octave, finest first: what is lost each time
/// neighbouring squares of 2 x 2 are averaged, of wavelengths around 3, 6, 12 and 24 px. Their sum
/// and what is left are the variance of the whole (Haar's wavelets keep energy). Odd edges lose
/// their last row or column.
[[nodiscard]] std::vector<double> octave_energies(const image::Image& picture);

/// Mean wavelength of the detail in those octaves, px: 3 * 2^(sum k e_k / sum e_k). A photograph's
/// octaves have about the same energy each (its spectrum falls as 1 / f^2), which gives about 8.5;
/// 3 when all detail is the finest; 6 for a picture without any.
[[nodiscard]] double mean_wavelength(const std::vector<double>& energies);

}  // namespace atelier::style
