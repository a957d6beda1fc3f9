// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace atelier::image {

/// The keyword of the PNG text chunk that holds the recipe.
inline constexpr std::string_view png_recipe_keyword = "atelier:recipe";

/// Largest XMP packet that fits the one APP1 segment libvips writes.
inline constexpr std::size_t max_jpeg_packet_bytes = 60000;

}  // namespace atelier::image
