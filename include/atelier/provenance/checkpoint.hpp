// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/merkle.hpp"

namespace atelier::provenance {

/// What a log says of itself at one size. Signed as a note, it is a checkpoint.
///
/// Source: C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint).
struct TreeHead {
  std::string origin;      ///< the log's name, one line
  std::uint64_t size = 0;  ///< leaves
  Hash root = empty_root();
  std::vector<std::string> extensions = {};  ///< further lines, none of them empty; not checked

  bool operator==(const TreeHead&) const = default;
};

/// The text of a checkpoint's note, with its last newline.
[[nodiscard]] std::string to_text(const TreeHead& head);

/// Throws Error bad_input for what is no such text. `what`: its name in the message.
[[nodiscard]] TreeHead parse_tree_head(std::string_view text, std::string_view what);

/// Whether a log may have this origin: one line that can be a key's name. "cosignature/v1" is none,
/// so that no checkpoint can be taken for what a witness signs.
[[nodiscard]] bool is_origin(std::string_view origin);

}  // namespace atelier::provenance
