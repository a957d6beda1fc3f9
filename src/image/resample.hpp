// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// What one output position takes from the input: `weights` of the positions from `first` on. They
/// sum to 1.
struct Taps {
  int first = 0;
  std::vector<double> weights;
};

/// Lanczos 3 along one axis: L(x) = sinc(x) sinc(x / 3) for |x| < 3, stretched by from/to when the
/// picture gets smaller, sampled at pixel centres. Taps beyond a border are left out and the rest
/// is normalised, so that a constant stays one up to the border. An axis that keeps its size is
/// copied.
///
/// Source: Duchon, "Lanczos Filtering in One and Two Dimensions", J. Appl. Meteorology 18, 1979.
[[nodiscard]] std::vector<Taps> lanczos_taps(int from, int to);

/// Resizes a picture whose rows come one by one, so that only as many rows as the filter is high
/// are held. Filters sRGB-encoded values; colour is premultiplied by alpha while filtering, and 0
/// where nothing covers. Sums are in double precision, so a constant picture stays exactly the
/// same. Overshoot is clipped to 0..1.
class RowResampler {
 public:
  /// Fills `to`, of which width, height, rgb and alpha have their final sizes and which outlives
  /// this.
  RowResampler(Size from, Image& to);

  /// The next row: `width` times R, G, B and, when `to` has alpha, A.
  void push(const float* row);

 private:
  void emit(int y);

  Image& to_;
  int channels_;
  std::vector<Taps> across_, down_;
  std::vector<double> source_;  ///< one input row, premultiplied
  std::vector<double> ring_;    ///< the last rows, filtered across
  std::size_t ring_rows_ = 1;
  int pushed_ = 0, emitted_ = 0;
};

/// An image of this size with room for its values.
[[nodiscard]] Image blank(Size size, bool alpha, int bits);

}  // namespace atelier::image
