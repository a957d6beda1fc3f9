// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "provenance/watermark/plane.hpp"

namespace atelier::provenance::watermark {

/// What a mark is looked for in, and how busy the picture is.
struct Whitened {
  Plane signal;    ///< no unit
  Plane activity;  ///< grey levels: the band's root mean square nearby
};

/// The band that holds marks, b = G1 * luma - G2.2 * luma (G: Gaussians of as many px), rises with
/// frequency as pictures' spectra fall. Nearby, weighted by G5, it has the root mean square E. The
/// signal is clip(b / (E + 0.7), -2.5, 2.5) / sqrt(E + 0.7): quiet places count more, as a mark
/// has less against it there, and no single edge outweighs the rest. Between the matched filter
/// for Gaussian noise of variance E^2 and that of a limiter (Hernandez, Amado, Perez-Gonzalez, IEEE
/// Trans. Image Processing 9(1), 2000).
[[nodiscard]] Whitened whiten(const Plane& luma);

}  // namespace atelier::provenance::watermark
