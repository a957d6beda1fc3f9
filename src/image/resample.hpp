// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
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
  /// Called with each row of the result, from the first, as soon as it is known.
  using Take = std::function<void(const float* row)>;

  /// `channels`: 3, or 4 with alpha: of each pixel of a row, in turn.
  RowResampler(Size from, Size to, int channels, Take take);

  /// The next row, of `from.width` pixels.
  void push(const float* row);

 private:
  void emit(int y);

  int channels_, width_;
  Take take_;
  std::vector<Taps> across_, down_;
  std::vector<double> source_;  ///< one input row, premultiplied
  std::vector<double> ring_;    ///< the last rows, filtered across
  std::size_t ring_rows_ = 1;
  std::vector<float> row_;  ///< of the result
  int pushed_ = 0, emitted_ = 0;
};

/// An image of this size with room for its values.
[[nodiscard]] Image blank(Size size, bool alpha, int bits);

/// Row `y` of an image with its channels in turn: R, G, B and, where it has alpha, A.
void store_row(Image& image, int y, const float* row);
void fetch_row(const Image& image, int y, float* row);

}  // namespace atelier::image
