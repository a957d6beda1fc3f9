// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "assist/placement.hpp"
#include "atelier/assist/composition.hpp"

namespace atelier::assist {

/// What a crop's score is made of; each 0..1.
struct CropTerms {
  double kept = 0;    ///< visual weight
  double placed = 0;  ///< thirds, golden section or axis; without a subject, the weight
  double room = 1;    ///< around the main subject and its head
  double quiet = 1;   ///< borders that pass through nothing that draws the eye
  double balance = 1;
  double size = 1;  ///< of the main subject: neither lost nor cramped
  double area = 0;  ///< of the largest crop of the shape
  std::optional<Placement> thirds, golden;
  std::optional<double> headroom, lead;  ///< as in Room

  [[nodiscard]] double score() const {
    return 0.25 * kept + 0.20 * placed + 0.15 * room + 0.15 * quiet + 0.10 * balance + 0.10 * size +
           0.05 * area;
  }
};

/// Judges parts of one picture.
class CropJudge {
 public:
  CropJudge(const Scene& scene, const Composition& composition)
      : scene_(scene), composition_(composition), sums_(scene.weight) {}

  /// `largest`: area of the largest crop of the shape, as a share of the picture.
  [[nodiscard]] CropTerms judge(const Box& part, double largest) const;

  /// Whether the axis of a mirror image counts in place of thirds.
  [[nodiscard]] bool keeps_axis() const;

 private:
  [[nodiscard]] double quiet(const Box& part) const;
  [[nodiscard]] double placed(const Box& part, const CropTerms& terms) const;
  void look_at_main_subject(const Box& part, CropTerms& terms) const;

  const Scene& scene_;
  const Composition& composition_;
  WeightSums sums_;
};

}  // namespace atelier::assist
