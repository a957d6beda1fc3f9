// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/verse/chinese_sounds.hpp"

namespace atelier::verse {

/// The four kinds of line of regulated verse, written for five characters; seven have two more
/// before them, of the tone that the first two have not.
///
///   a 仄仄平平仄   b 平平仄仄平   c 平平平仄仄   d 仄仄仄平平
///
/// Source: Wang Li, "Poetic Metre in Chinese" (汉语诗律学), 1958. What is free (*) here, counted in
/// five characters:
///   a *仄*平仄, the first and the third;
///   b 平平*仄平, or 仄平平仄平: where the first is oblique the third must be level, so that the
///     second is no lonely level tone (孤平);
///   c *平*仄仄, or 平平仄平仄 with the third and the fourth exchanged, as the Tang poets often do;
///   d *仄仄平平: the third is not free, three level tones would end the line.
/// Of seven characters the first is free in all, and the others as in the five that follow the
/// first two. The rescue of one line by the next (大拗, as in 野火烧不尽) is not admitted.
enum class LineKind { a, b, c, d };

/// What a line may be, one to two patterns of 平 'p', 仄 'z' and free '*', of 5 or 7.
[[nodiscard]] const std::vector<std::string>& patterns(LineKind kind, int length);

/// What the kind is without freedoms, of 5 or 7: "zzppz".
[[nodiscard]] std::string canonical(LineKind kind, int length);

/// One of the four types of a regulated poem. Couplets follow one another so that each begins in
/// the tone in which the last one's second line began (黏).
struct RegulatedType {
  const char* name;        ///< of five characters: "仄起首句不入韵"
  const char* name_seven;  ///< of seven, whose beginning is the other tone: "平起首句不入韵"
  bool first_line_rhymes;
  std::array<LineKind, 4> kinds;  ///< of the first four lines; the fifth to eighth see kind_of()
};

[[nodiscard]] const std::array<RegulatedType, 4>& regulated_types();

/// Of line 0, 1, ... of a poem of any even number of lines.
[[nodiscard]] LineKind kind_of(const RegulatedType& type, int line);

/// Whether a tone may stand where a pattern has 'p', 'z' or '*'. An unknown one stands only at '*'.
[[nodiscard]] bool fits(Tones tones, char wanted);

}  // namespace atelier::verse
