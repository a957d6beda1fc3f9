// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "palette/density.hpp"

namespace atelier::palette {

/// Bins that make one colour of a palette.
struct Part {
  std::vector<Bin> bins;
  int peak = 0;        ///< of most of its witnesses
  double witness = 0;  ///< sum over the bins
  Even mean{};         ///< by witness
  double spread = 0;   ///< root mean square distance from the mean
};

/// One part a peak; peaks of less than 0.15 % of all witnesses are strays and left out.
[[nodiscard]] std::vector<Part> parts_of(const std::vector<Bin>& bins);

/// Divides parts along their longest axis until none spreads more than `spread` or falls into two
/// that lie apart; strays are left out as above.
[[nodiscard]] std::vector<Part> divided(std::vector<Part> parts, double spread);

/// Adds what parts leave out, such as dabs that have no flat pixel to witness for them: bins at
/// least 0.12 from the means of all parts and 0.09 from the lines between them, on which edges lie,
/// gathered within 0.07 of where they are densest, again and again while a gathering has 0.1 % of
/// the area; six at most.
void add_accents(std::vector<Part>& parts, const std::vector<Bin>& bins);

/// Divides the part that matters most (spread times the root of its witnesses) until there are
/// `count`, or none has two bins.
void divide_to(std::vector<Part>& parts, std::size_t count);

/// Joins parts of one peak that are closer than 0.1, then the pair whose difference matters least
/// until `most` are left.
void join_alike(std::vector<Part>& parts, std::size_t most);

/// Joins the pair whose difference matters least until `count` are left.
void join_to(std::vector<Part>& parts, std::size_t count);

/// Local mean about the densest place: four steps of mean shift from the mean (Gaussian of 0.03)
/// among the part's own bins, as sRGB.
[[nodiscard]] image::Rgb colour_of(const Part& part);

}  // namespace atelier::palette
