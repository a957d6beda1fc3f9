// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"

namespace atelier::image {

/// An upright part of a picture, px.
struct Part {
  int left = 0, top = 0, width = 1, height = 1;
  friend bool operator==(const Part&, const Part&) = default;
};

/// A part of a picture turned about its centre, both as large as `part`: for what is level but for
/// the camera. Resampled by libvips' LBB, a bicubic of reduced halo (Robidoux, Gong, Cupitt,
/// Turcotte, Martinez, "CPU, SMP and GPU implementations of Nohalo level 1, a fast co-convex
/// antialiasing image resampler", C3S2E 2009), on sRGB-encoded values; colour is premultiplied by
/// alpha meanwhile. What lies beyond the picture goes on with its outermost pixels.
class Turn {
 public:
  /// `degrees` clockwise, as people see it.
  Turn(Image picture, double degrees);

  /// Where `part` is measured in the frame that the picture had before.
  /// Throws Error invalid_argument when the part does not lie within that frame.
  [[nodiscard]] Image part(const Part& part) const;

 private:
  Image picture_;  ///< premultiplied
  double degrees_;
};

/// What lies within `part`. Throws Error invalid_argument when it does not lie in the picture.
[[nodiscard]] Image cut(const Image& picture, const Part& part);

}  // namespace atelier::image
