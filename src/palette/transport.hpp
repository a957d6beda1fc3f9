// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::palette {

using Point = std::array<double, 3>;  ///< L, a, b of Oklab

/// Colours of a picture, counted in cells of 0.02.
struct Counted {
  std::vector<Point> colours;
  std::vector<double> shares;  ///< sum to 1
};
[[nodiscard]] Counted counted(const image::Image& picture);

/// The entropic map of recolour.hpp.
class Transport {
 public:
  /// `free_shares`: no potentials. `from` must not be empty; `to` and `shares` have one length.
  Transport(const Counted& from, std::vector<Point> to, const std::vector<double>& shares,
            bool free_shares);

  [[nodiscard]] Point operator()(const Point& colour) const;

  /// How much of the picture goes to each colour.
  [[nodiscard]] std::vector<double> arrived(const Counted& from) const;

  [[nodiscard]] double entropy() const { return entropy_; }

  /// The factor of which all but a hundredth of the picture's colours are pulled apart less.
  [[nodiscard]] double steepness(const Counted& from) const;

 private:
  [[nodiscard]] std::vector<double> parts(const Point& colour) const;
  void balance(const Counted& from, const std::vector<double>& shares);
  void find_means(const Counted& from);

  std::vector<Point> to_, means_;
  std::vector<double> potential_;  ///< g_j + e log b_j
  double entropy_;
};

}  // namespace atelier::palette
