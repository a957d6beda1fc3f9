// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "provenance/watermark/fft.hpp"
#include "provenance/watermark/pattern.hpp"
#include "provenance/watermark/plane.hpp"

namespace atelier::provenance::watermark {

/// The discrete Fourier transform of one tile, tile x tile values, frequency 0 first.
class TileSpectrum {
 public:
  /// All tiles of a plane laid over each other: what repeats adds up, the rest averages out.
  explicit TileSpectrum(const Plane& signal);

  /// At any frequency within the tile's; negative ones count from the end.
  [[nodiscard]] Complex at(int x, int y) const {
    return values_[static_cast<std::size_t>(y & (tile - 1)) * tile +
                   static_cast<std::size_t>(x & (tile - 1))];
  }

  /// The spectrum of the tile turned clockwise by quarters, and mirrored (left and right) before.
  [[nodiscard]] TileSpectrum turned(int quarters, bool mirror) const;

 private:
  TileSpectrum() = default;
  std::vector<Complex> values_;
};

/// The transform of size `tile`, made once.
[[nodiscard]] const Fft& tile_fft();

}  // namespace atelier::provenance::watermark
