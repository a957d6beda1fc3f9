// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "atelier/image/image.hpp"
#include "atelier/palette/palette.hpp"

namespace atelier::palette {

/// How a picture is brought into a palette.
struct RecolourOptions {
  double strength = 1;          ///< 0 (as it was) .. 1: share of each colour's way
  bool keep_lightness = false;  ///< of two pixels the lighter one stays lighter
  bool free_shares =
      false;  ///< every colour goes to what is near; shares of the palette do not count
};

/// A map of all colours of sRGB that brings one picture into a palette.
///
/// Optimal transport with entropy (Cuturi, NeurIPS 2013) from the colours of the picture, counted
/// on a grid, to those of the palette with their shares (weights()), by the squared distance in
/// Oklab. Its potentials g give every colour x, not only those counted, its parts
///   p_j(x) ~ b_j exp((g_j - |x - y_j|^2) / e)
/// (the entropic map: Pooladian and Niles-Weed, 2021), a smooth function of x; x goes to
///   T(x) = sum_j p_j(x) (y_j + D (x - m_j)),
/// m_j being the mean of what goes to y_j: those means fall onto the palette, and what varies about
/// them stays, all of its lightness and a quarter of its chroma (D = 1, 1/4, 1/4; ours).
/// With free_shares all g_j are 0 and b_j equal.
///
/// No bands: e is raised until no two neighbouring colours of the picture come out more than
/// 1.8 times as far apart as they were, for all but a hundredth of it.
///
/// With keep_lightness the lightness of T is replaced by an increasing function of that of x, the
/// one-dimensional transport from the lightnesses of the picture to those of T.
///
/// What sRGB has not loses chroma (image::in_gamut).
class Recolouring {
 public:
  /// From the colours of `picture`, which may be a smaller copy. A picture of which nothing is
  /// covered stays as it is. Throws Error invalid_argument for a strength outside 0..1 or a palette
  /// without colours.
  Recolouring(const image::Image& picture, const Palette& palette,
              const RecolourOptions& options = {});
  ~Recolouring();
  Recolouring(const Recolouring&) = delete;
  Recolouring& operator=(const Recolouring&) = delete;

  /// One colour, by the formula.
  [[nodiscard]] image::Rgb operator()(const image::Rgb& rgb) const;

  /// Pixels, R, G and B in turn, by a table of 65 x 65 x 65 colours that is read between its nodes:
  /// within 1 / 255 of the formula on average over all colours, and exactly it at strength 0.
  void apply(std::span<float> rgb) const;

 private:
  class Map;
  std::unique_ptr<Map> map_;
};

}  // namespace atelier::palette
