// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace atelier::film {

/// A GIF's blocks, counted without decoding a picture (GIF89a, sections 17 to 27).
struct GifOutline {
  std::int64_t frames = 0;
  int loops =
      1;  ///< Netscape's application extension: times it is played, 0 for ever; without it once
  bool complete = false;      ///< the trailer was reached
  std::uint64_t trailer = 0;  ///< where it stands
  std::string comment;        ///< the last comment extension's text, at most 2 MB
};

[[nodiscard]] GifOutline outline_of_gif(std::ifstream& file);

}  // namespace atelier::film
