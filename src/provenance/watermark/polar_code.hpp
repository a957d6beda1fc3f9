// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace atelier::provenance::watermark {

/// A polar code of 512 bits that carries 88.
///
/// Source: Arikan, "Channel polarization", IEEE Trans. Information Theory 55(7), 2009; which bits
/// carry information by He et al., "Beta-expansion: a theoretical framework for fast and recursive
/// construction of polar codes", GLOBECOM 2017; the list decoder by Tal, Vardy, "List decoding of
/// polar codes", IEEE Trans. Information Theory 61(5), 2015, with logarithmic ratios as in
/// Balatsoukas-Stimming, Parizi, Burg 2015. Differs: minima in place of logarithms, so that no
/// scale of the channel need be known; paths are copied whole.
inline constexpr int polar_levels = 9;
inline constexpr int polar_length = 1 << polar_levels;
inline constexpr int polar_information = 88;
inline constexpr int polar_list = 16;  ///< paths that the decoder follows

using PolarWord = std::array<std::uint8_t, polar_length>;
using PolarMessage = std::array<std::uint8_t, polar_information>;

/// The 88 positions of the 512, ascending, that carry information.
[[nodiscard]] const std::array<int, polar_information>& polar_positions();

[[nodiscard]] PolarWord polar_encode(const PolarMessage& message);

/// The likeliest message that `accept` takes, among those that the list ends with. `soft`: positive
/// where a bit is rather 0, larger where that is surer, on any scale.
[[nodiscard]] std::optional<PolarMessage> polar_decode(
    std::span<const float, polar_length> soft,
    const std::function<bool(const PolarMessage&)>& accept);

}  // namespace atelier::provenance::watermark
