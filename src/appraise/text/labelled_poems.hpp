// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::appraise {

/// A poem whose lines readers labelled.
struct LabelledPoem {
  std::string title;
  std::vector<std::string> lines;
  /// Of each line, one for each emotion: the share of readers who named it, 0..1.
  std::vector<std::vector<double>> shares;
};

struct LabelledPoems {
  std::vector<std::string> emotions;  ///< sorted
  std::vector<LabelledPoem> poems;
};

/// A table without a heading: a line of a poem, a tab, and a column for each reader with the
/// emotions that he named, " --- " between them. A line without any is the title of the next poem;
/// empty ones part stanzas. A quotation mark between two letters is an apostrophe. Source of the
/// form: Haider, Eger, Kim, Klinger, Menninghaus, "PO-EMO: Conceptualization, annotation, and
/// modeling of aesthetic emotions in German and English poetry", LREC 2020.
///
/// Throws Error bad_input for broken UTF-8, for a row with another number of columns than the first
/// or with fewer than two, for a labelled line before any title, and when no line is labelled.
[[nodiscard]] LabelledPoems read_labelled_poems(std::string_view text);

}  // namespace atelier::appraise
