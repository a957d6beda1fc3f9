// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "provenance/watermark/fft.hpp"
#include "provenance/watermark/plane.hpp"

namespace atelier::provenance::watermark {

/// The spectrum of a plane's middle at any frequency up to 0.24 cycles a pixel, phases counted from
/// the middle so that they change slowly and can be interpolated.
class PaddedSpectrum {
 public:
  static constexpr int max_window = 512;         ///< px
  static constexpr double max_frequency = 0.24;  ///< cycles a px

  explicit PaddedSpectrum(const Plane& plane);

  /// Bilinear between the transform's values; x and y in cycles a px, |x| <= max_frequency.
  [[nodiscard]] Complex at(float x, float y) const;

 private:
  int size_ = 0;
  std::vector<Complex> columns_;  ///< from x = 0 on, each size_ values of y
};

}  // namespace atelier::provenance::watermark
