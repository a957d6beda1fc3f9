// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "assist/pen.hpp"
#include "atelier/assist/sheet.hpp"

namespace atelier::assist {

inline constexpr int panel_width = 720, panel_height = 560;  // px, that a picture fits into
inline constexpr int sample_width = 40, sample_height = 18;  // px, of a legend's sample

/// A number in a disc, for the upper left of a crop's frame; px of the panel's picture.
struct Badge {
  Point at;
  int number = 0;
  Ink ink{};
};

/// What a line or a tint looks like, and what it means.
struct LegendRow {
  image::Image sample;  ///< empty: words alone
  std::string words;
};

/// One of the pictures of a sheet.
struct Panel {
  std::string heading;
  image::Image picture;
  std::vector<Badge> badges;
  std::vector<LegendRow> legend;
};

[[nodiscard]] Panel eye_panel(const Study& study);
[[nodiscard]] Panel lines_panel(const Study& study);
[[nodiscard]] Panel crops_panel(const Study& study);
[[nodiscard]] Panel values_panel(const Study& study);

/// The colour of a crop's frame, by its number from 1.
[[nodiscard]] Ink crop_ink(int number);

}  // namespace atelier::assist
