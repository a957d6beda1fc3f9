// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"
#include "film/colour.hpp"

namespace atelier::film {

/// Brings R'G'B' of other primaries, and of HDR, to sRGB.
///
/// Primaries (ITU-T H.273, table 2; all of them with white D65) are converted in linear light of
/// sRGB's curve and clipped. HDR is brought to light on a display (BT.2100: PQ as it stands, HLG
/// with its OOTF for 1000 nits, gamma 1.2), the largest of R, G and B goes through the curve of
/// BT.2390-10 (5.4.1) from the film's peak to 203 nits, the two others in proportion so that hues
/// stay, and 203 nits is white.
class Light {
 public:
  explicit Light(const Meaning& meaning);

  /// Nothing is to be done: SDR with the primaries of BT.709, or of a kind that counts as them.
  [[nodiscard]] bool is_srgb() const noexcept { return !hdr_ && !primaries_; }
  /// What a person should know of it, or empty.
  [[nodiscard]] std::string note() const;

  void to_srgb(image::Image& image) const;

 private:
  [[nodiscard]] std::array<float, 3> display_light(const float* rgb) const;

  using Matrix = std::array<float, 9>;
  std::optional<Matrix> primaries_;
  bool hdr_ = false, hlg_ = false;
  double peak_ = 1000;
  std::vector<float>
      linear_;  ///< by R'G'B' in 0..1: light, of white for SDR, in nits for HDR (HLG: of the scene)
  std::vector<float> encoded_;  ///< by light in 0..1: sRGB
  std::vector<float> mapped_;   ///< by nits in PQ's code: how much of the light is kept, over white
};

}  // namespace atelier::film
