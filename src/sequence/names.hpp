// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::sequence {

/// Names that a text calls again and again, the commonest first:
///   words of Latin letters with a capital that stand twice or more, within a sentence among them,
///   and never in lower case;
///   two or three Han characters that stand three times or more and begin with one of the commonest
///   surnames, without a particle in them.
/// A rule, not a dictionary: it misses names that come once and may take a place for a person.
[[nodiscard]] std::vector<std::string> names_in(std::string_view text);

}  // namespace atelier::sequence
