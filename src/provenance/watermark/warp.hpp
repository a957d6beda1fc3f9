// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "provenance/watermark/plane.hpp"

namespace atelier::provenance::watermark {

/// From where a plane's pixel is taken: (xx x + xy y + x0, yx x + yy y + y0), both counted from the
/// planes' middles.
struct Affine {
  double xx = 1, xy = 0, yx = 0, yy = 1, x0 = 0, y0 = 0;

  /// First `inner`, then this.
  [[nodiscard]] Affine after(const Affine& inner) const;
};

/// What is taken by `scale` times a turn by `angle` radians, clockwise as seen.
[[nodiscard]] Affine similarity(double scale, double angle);

struct Warped {
  Plane plane;
  std::vector<bool> inside;  ///< whether a pixel lies within the source
};

/// width x height pixels, taken by Catmull and Rom's cubic; beyond the border it goes on.
[[nodiscard]] Warped warp(const Plane& source, const Affine& from, int width, int height);

/// Turned clockwise by quarters, and mirrored (left and right) before: what TileSpectrum::turned()
/// says of a tile.
[[nodiscard]] Plane turned(const Plane& plane, int quarters, bool mirror);

}  // namespace atelier::provenance::watermark
