// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// How much each pixel of a picture counts: H x W values in 0..1, top row first.
struct Mask {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<float> values;

  [[nodiscard]] std::size_t pixels() const noexcept {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
};

/// What a picture says as a mask: its alpha where anything of it is transparent, else how light it
/// is (luma by ITU-R BT.709's weights, of encoded values, so that grey counts as it is written):
/// white or covered 1, black or transparent 0.
[[nodiscard]] Mask mask_of(const Image& picture);

/// Lanczos 3 to exactly this size (resize() of file.hpp).
[[nodiscard]] Mask resize(const Mask& mask, Size size);

/// Whether a picture of this size has the other's shape: brought to its size, it would miss by one
/// pixel at most.
[[nodiscard]] bool same_shape(Size a, Size b);

}  // namespace atelier::image
