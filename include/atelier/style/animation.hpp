// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::style {

/// Pictures on the way from one to another, walked at an even pace: as much seems to change in each
/// second. A step's length is the root mean square distance in Oklab (Ottosson 2020) between
/// neighbours, brought to at most 128 px by averaging. Pictures are kept in 8 bits a channel.
class Way {
 public:
  /// Pictures in their order, of one size. One that hardly differs from the last is passed over,
  /// unless it is `kept`.
  void add(const image::Image& picture, bool kept = false);

  [[nodiscard]] std::size_t pictures() const noexcept { return pictures_.size(); }
  [[nodiscard]] double length() const noexcept { return ends_.empty() ? 0 : ends_.back(); }

  /// The picture at a share of the way's length, 0..1, mixed from its neighbours by distance. At
  /// least one picture must have been added.
  [[nodiscard]] image::Image at(double share) const;

 private:
  image::Size size_;
  std::vector<std::vector<std::uint8_t>> pictures_;
  std::vector<float> last_seen_;  ///< the last one, small, in Oklab
  std::vector<double> ends_;      ///< length of the way up to each picture
};

/// Shows a painting as it is made, at its full size from the first step on: the photograph, in
/// which large forms are repainted first and finer ones later, although it is painted small at
/// first. What a step at a coarse size does not paint yet, the photograph shows; of the detail that
/// the next size will take up, what it leaves (a half) remains at the end, so that nothing jumps
/// when it begins:
///   up(x) + k (D - D') + D',
/// x the picture of the step, up() to the full size, D what the photograph has beyond x's size and
/// D' beyond the next one's, k from 1 to 1/2 over the steps of x's size.
class Unveiling {
 public:
  Unveiling(image::Image photograph, const StylizeOptions& options);

  /// Any step of a run with these options and this photograph, and its picture.
  [[nodiscard]] image::Image shown(const Step& step, const image::Image& picture);

 private:
  struct Size {
    int long_edge, first, count;  ///< steps
  };
  [[nodiscard]] std::vector<float> beyond(int long_edge) const;

  image::Image photograph_;
  std::vector<Size> sizes_;
  int current_ = 0;                 ///< long edge that the details are for
  std::vector<float> next_, rest_;  ///< D - D', D'
};

}  // namespace atelier::style
