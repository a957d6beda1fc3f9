// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "train/parameters.hpp"

namespace atelier::fast {

/// The network's form. All counts of channels and blocks are of the resolutions named: the
/// picture's own, a half, a quarter and an eighth of its edges.
struct Architecture {
  bool modulated = true;  ///< false: plain adaptive instance normalisation, to compare with
  std::int64_t full = 24, half = 40, quarter = 64, eighth = 128;
  std::int64_t quarter_blocks = 2, eighth_blocks = 4, late_blocks = 2,
               fine_blocks = 2;           ///< late: at a quarter on the way up; fine: at a half
  std::int64_t hidden = 176, code = 128;  ///< of the style's code
  std::int64_t projections = 16;          ///< of each layer's correlations
  std::int64_t mixes = 10;  ///< matrices that a mixing layer's own is a sum of; 0: none
  std::int64_t grain = 3;   ///< planes of chance that come in with the picture (grain.hpp)
};

/// What the last convolution makes is multiplied by this and added to the photograph.
inline constexpr double painted_share = 0.1;

/// A convolution of the network.
struct Convolution {
  std::string name;
  std::int64_t inputs, outputs, size;  ///< size: 3, or 4 where it halves the resolution
  int resolution;                      ///< 1, 2, 4, 8: of its results, as a divisor
};

/// A form by its name: "modulated" or "plain".
[[nodiscard]] Architecture architecture_of(const std::string& name);

/// The layer whose statistics the plain form takes from the painting.
inline constexpr const char* adapted_layer = "to_eighth";

/// A normalisation whose scale and shift, and where it `mixes` a whole matrix, the style decides.
struct StyledLayer {
  std::string name;
  std::int64_t channels;
  bool mixes;
};

[[nodiscard]] std::vector<Convolution> convolutions(const Architecture& architecture);
[[nodiscard]] std::vector<StyledLayer> styled_layers(const Architecture& architecture);

/// Everything that is trained, with how it begins.
[[nodiscard]] std::vector<train::ParameterSpec> parameter_specs(const Architecture& architecture);

/// Pixels beyond itself that a painted pixel depends on, at most, once norms are given.
[[nodiscard]] int reach(const Architecture& architecture);

/// Multiply-adds for a pixel of the picture, the style's code left out.
[[nodiscard]] double products_per_pixel(const Architecture& architecture);

}  // namespace atelier::fast
