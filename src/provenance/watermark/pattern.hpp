// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "atelier/provenance/watermark.hpp"
#include "provenance/watermark/fft.hpp"

namespace atelier::provenance::watermark {

/// Edge of the tile that repeats, in pixels of the working grid (working_grid.hpp).
inline constexpr int tile = 128;
/// The mark's band: distance from the tile's frequency 0, in cycles a tile. 8..26 is 0.06..0.2
/// cycles a pixel: below, pictures are strongest; above, halving and blurring leave nothing.
inline constexpr double band_low = 8, band_high = 26;

/// A frequency of the tile and the phase that the key gives it.
struct Tone {
  int x = 0, y = 0;  ///< cycles a tile, y > 0 or y = 0 < x: the other half is its mirror image
  float radius = 0;
  Complex turn;  ///< exp(i phase)
};

/// What a key makes of the tile: tones that are known (pilots, by which place, size and tilt are
/// found) and tones that carry bits, two each.
///
/// Phases are independent and uniform, so that whatever an unmarked picture has at these
/// frequencies is as likely to agree as not: this is what the false-positive rate rests on.
struct Pattern {
  explicit Pattern(const WatermarkKey& key);

  std::vector<Tone> pilots, carriers;
  /// Which bit of the word each real (first half) and imaginary part (second) carries.
  std::vector<std::uint16_t> bit;
  std::uint64_t scramble = 0;
};

/// Pilots' share: 300 of 935 tones.
inline constexpr int pilot_count = 300;

}  // namespace atelier::provenance::watermark
