// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "assist/planes.hpp"
#include "atelier/assist/composition.hpp"

namespace atelier::assist {

inline constexpr double third = 1.0 / 3, golden_section = 0.381966011250105;

/// exp(-d^2 / (2 reach^2)): 1 at no distance.
[[nodiscard]] double closeness(double distance, double reach);

/// A place of the picture, in shares of a part of it.
[[nodiscard]] Point seen_in(const Box& part, const Point& point);

/// Sums of visual weight within any upright rectangle, at once (summed-area tables; Crow,
/// "Summed-area tables for texture mapping", SIGGRAPH 1984).
class WeightSums {
 public:
  explicit WeightSums(const image::Mask& weight);

  /// Share of all weight, 0..1; 0 where there is none.
  [[nodiscard]] double share(const Box& part) const;
  /// Mean weight, 0..1.
  [[nodiscard]] double mean(const Box& part) const;
  /// Of a part as if it were cut out.
  [[nodiscard]] Balance balance(const Box& part) const;

 private:
  struct Sum {
    double weight = 0, x = 0, y = 0, pixels = 0;
  };
  [[nodiscard]] Sum within(const Box& part) const;

  Plane weight_, x_, y_;  ///< sums over all that lies above and left
};

/// Thirds (division 1/3) or the golden section, of a part as if it were cut out; nothing where
/// neither a subject nor a certain horizon is in it.
[[nodiscard]] std::optional<Placement> placement_within(const Scene& scene,
                                                        const std::optional<Horizon>& horizon,
                                                        const Box& part, double division);

}  // namespace atelier::assist
