// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/jobs/inspire.hpp"
#include "atelier/palette/palette.hpp"

namespace atelier::jobs {

/// What a board shows beside the words of its report.
struct BoardPictures {
  image::Image idea;                       ///< the picture that was given; empty: words were
  std::vector<image::Image> works;         ///< of each fitting work
  std::vector<palette::Palette> palettes;  ///< of each fitting work
  std::vector<image::Image> items;         ///< of each item; empty: it is text alone
};

inline constexpr int board_edge = 480;         ///< px, of works, previews and sketches
inline constexpr int board_sheet_edge = 1000;  ///< px, of sheets of composition

/// The name of a file for people.
[[nodiscard]] std::string shown_name(const std::filesystem::path& path);

/// The board as a page that needs no other file.
[[nodiscard]] std::string board_page(const InspireReport& report, const BoardPictures& pictures);

}  // namespace atelier::jobs
