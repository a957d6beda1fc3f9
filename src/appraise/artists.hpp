// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::appraise {

/// The ASCII letters and digits of a name, in lower case; all else is left out, as the names of
/// files leave it out: "M.C. Escher" and "m-c-escher" are both "mcescher", "André Lhote" and
/// "andr-lhote" both "andrlhote".
[[nodiscard]] std::string artist_key(std::string_view name);

/// The artist that a file's name tells, before its first '_': "claude-monet" of
/// "claude-monet_haystacks.jpg". Empty where there is no '_' or a digit stands before it.
[[nodiscard]] std::string_view artist_in(std::string_view file_name);

/// Whether one key becomes the other by at most one letter changed, left out or put in, both of at
/// least 6 letters: "andrlhote" and "andrelhote".
[[nodiscard]] bool nearly_same(std::string_view a, std::string_view b);

/// Groups of works that must not be torn apart by a split: works by one artist, by artists whose
/// keys are nearly the same, and works that look the same. An artist named "" is nobody: such a
/// work stands alone.
///
/// `artists`: a key each. `thumbnails`: a row of `thumbnail_length` numbers each; two works whose
/// rows correlate by more than 0.95 count as one picture. Returns a number for each work, the same
/// within a group; groups are numbered in the order of their first work.
[[nodiscard]] std::vector<std::size_t> group_works(std::span<const std::string> artists,
                                                   std::span<const float> thumbnails,
                                                   std::size_t thumbnail_length);

/// Divides works into `count` parts so that no group is torn apart and each part has about the same
/// share of each class. Groups are taken from the greatest down (of equal ones, the one that comes
/// first in `works`); each goes to the part where the sum over classes of squared shares grows
/// least (of equal ones, the first). Chance has no say.
///
/// `classes`: of each work. Returns the part of each work, 0 .. count - 1.
[[nodiscard]] std::vector<int> divide(std::span<const std::size_t> groups,
                                      std::span<const int> classes, int count);

}  // namespace atelier::appraise
