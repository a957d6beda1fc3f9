// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::provenance {

/// What happens to pictures on their way, as tests and bench/ do it to marked ones.
struct Attack {
  std::string name;
  image::Image (*apply)(const image::Image& picture, std::uint64_t seed,
                        const std::filesystem::path& folder);
};

/// jpeg-50, webp-60, half, three-halves, crop-70 (anywhere), brighter and darker (x 1.2, x 0.8),
/// contrast up and down (20 %, about the middle), blur-1 (sigma, px), noise-5 (sigma, grey levels),
/// tilt-5 (degrees, black corners, either way by seed), formats (JPEG 90, then WebP 90). Each gives
/// 8 bits. `seed` chooses places, noise and direction; `folder` takes files on the way.
[[nodiscard]] const std::vector<Attack>& attacks();

/// Each value rounded to 8 bits, as a file keeps it.
[[nodiscard]] image::Image in_8_bits(image::Image picture);

/// A part of a picture; it must lie within.
[[nodiscard]] image::Image part_of(const image::Image& picture, int x, int y, int width,
                                   int height);

/// Peak signal-to-noise ratio over R, G and B, dB.
[[nodiscard]] double psnr(const image::Image& a, const image::Image& b);

}  // namespace atelier::provenance
