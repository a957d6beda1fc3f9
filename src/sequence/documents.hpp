// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::sequence {

/// A delimiter as it is written in an option: \n, \t and \\ stand for a line end, a tabulator and a
/// backslash. Throws Error invalid_argument at any other backslash.
[[nodiscard]] std::string unescaped(std::string_view written);

/// What stands between delimiters, without line ends on both sides; empty ones are left out. An
/// empty delimiter: all is one document, as it is.
[[nodiscard]] std::vector<std::string_view> documents_of(std::string_view text,
                                                         std::string_view delimiter);

/// Documents that are learned from, and others that are only measured on.
struct TextDivision {
  std::vector<std::string_view> trained, held_out;
};

/// The last `share` of the bytes is held out, from a document's beginning on; of one document alone
/// its own last part, from a whole character on.
[[nodiscard]] TextDivision divided_by_place(const std::vector<std::string_view>& documents,
                                            double share);

/// Holds out about `share` of the documents by the SHA-256 of their bytes: the same in whatever
/// text they stand, and copies of one always on one side. Throws Error invalid_argument where
/// either side remains empty.
[[nodiscard]] TextDivision divided_by_digest(const std::vector<std::string_view>& documents,
                                             double share);

}  // namespace atelier::sequence
