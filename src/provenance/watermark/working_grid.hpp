// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "atelier/image/image.hpp"
#include "provenance/watermark/plane.hpp"

namespace atelier::provenance::watermark {

/// Luma of ITU-R BT.601, as JPEG and WebP keep it.
inline constexpr std::array<float, 3> luma_weights{0.299F, 0.587F, 0.114F};
/// The change of R, G, B that moves luma by 1 at the least squared error.
[[nodiscard]] std::array<float, 3> luma_direction();

/// Pictures above this geometric mean of their edges are marked on a coarser grid, so that a mark
/// lives through the sizes that large pictures are shown at.
inline constexpr double grid_edge = 1024;
/// Pixels of the picture that one of the working grid covers, each way: at least 1.
[[nodiscard]] double grid_pitch(int width, int height);

/// Throws Error invalid_argument for a picture below this edge, or whose values are not what
/// watermark.hpp says. `what`: "marked" or "looked at".
void check_picture(const image::Image& picture, int min_edge, const char* what);

/// R, G and B in grey levels, laid on white where the picture is transparent.
[[nodiscard]] std::array<Plane, 3> colour_planes(const image::Image& picture);
/// Luma of the same.
[[nodiscard]] Plane luma_plane(const image::Image& picture);

}  // namespace atelier::provenance::watermark
