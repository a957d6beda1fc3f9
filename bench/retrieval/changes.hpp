// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier {

/// What becomes of a picture on its way through the world.
struct Change {
  std::string name;
  /// The changed copy; `seed` chooses where there is a choice.
  std::function<image::Image(const image::Image& picture, std::uint64_t seed)> apply;
};

/// A part of so much of the area, somewhere.
[[nodiscard]] image::Image cut_somewhere(const image::Image& picture, double share_of_area,
                                         std::uint64_t seed);
[[nodiscard]] image::Image mirrored(image::Image picture);
/// Written with `suffix` (".jpg", ".webp") at this quality, and read again.
[[nodiscard]] image::Image compressed(const image::Image& picture, const char* suffix, int quality);
[[nodiscard]] image::Image resized(const image::Image& picture, double scale);
/// Each channel times its own factor, what exceeds 1 cut off.
[[nodiscard]] image::Image tinted(image::Image picture, float red, float green, float blue);

/// Cuts, a mirror image, recompressions, another size, a brighter picture.
[[nodiscard]] const std::vector<Change>& changes();

}  // namespace atelier
