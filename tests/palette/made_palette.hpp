// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::palette::test {

/// A picture of which the colours are known.
struct MadePalette {
  std::vector<image::Rgb> colours;  ///< 8-bit values, at least 10 apart by CIEDE2000
  image::Image picture;             ///< as it was before it was damaged
  double noise = 0;                 ///< deviation per channel, of 255
  int quality = 0;                  ///< of the JPEG
  image::Size size;                 ///< it is resized to
};

/// The `index`th of them: 5 to 12 flat colours in irregular areas (each pixel has the colour of the
/// nearest of 30 to 90 seeds, moved by waves), 480 x 360 px. Every third palette has pure white and
/// black. An area is at least 1 % of the picture. The same for an index on every machine.
[[nodiscard]] MadePalette made_palette(std::uint64_t index);

/// With noise of 0 to 6 / 255, resized by 0.5 to 1.5, saved as a JPEG of quality 60 to 95, in that
/// order.
void save_damaged(const MadePalette& made, const std::filesystem::path& file, std::uint64_t index);

struct Recovery {
  bool exact_count = false;
  double worst = 0;  ///< CIEDE2000 from each true colour to the nearest found: the greatest
  double mean = 0;
};
[[nodiscard]] Recovery recovery(const std::vector<image::Rgb>& truth,
                                const std::vector<image::Rgb>& found);

}  // namespace atelier::palette::test
