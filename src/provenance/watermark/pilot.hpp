// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "provenance/watermark/pattern.hpp"
#include "provenance/watermark/polar_code.hpp"
#include "provenance/watermark/tile_spectrum.hpp"

namespace atelier::provenance::watermark {

/// Where the pilots agree best.
struct PilotPeak {
  /// Correlation at that place. For a picture without this key's mark, each place has mean 0 and
  /// variance 1 over the keys, and exceeds t with a probability of at most exp(-t^2 / 2): it is a
  /// sum of cosines of independent uniform phases (Hoeffding's lemma; I0(a) <= exp(a^2 / 4)).
  double correlation = 0;
  double x = 0, y = 0;  ///< where the tile begins, px, to a fraction of one
};

/// Limits the pilots' amplitudes, v / (|v| + 0.3 rms), so that no periodic texture rules, takes
/// away the key's phases, and scales so that PilotPeak::correlation has variance 1.
[[nodiscard]] std::vector<Complex> pilot_values(const std::vector<Complex>& measured,
                                                const Pattern& pattern);

/// Places of the tile that are looked at: up to `reach` px from (x, y), around its borders too.
struct Places {
  double x = 0, y = 0;
  double reach = tile;  ///< all, by default
};

[[nodiscard]] PilotPeak find_pilots(const TileSpectrum& spectrum, const Pattern& pattern,
                                    const Places& places = {});

/// The soft bits of a tile that begins at the peak: positive for 0. Each tone counts by the pilots'
/// strength over the noise at its radius, both fitted by parabolas.
[[nodiscard]] std::array<float, polar_length> soft_bits(const TileSpectrum& spectrum,
                                                        const PilotPeak& peak,
                                                        const Pattern& pattern);

}  // namespace atelier::provenance::watermark
