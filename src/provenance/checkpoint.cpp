// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/checkpoint.hpp"

#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "atelier/provenance/note.hpp"
#include "provenance/text_lines.hpp"

namespace atelier::provenance {

std::string to_text(const TreeHead& head) {
  std::string text = fmt::format("{}\n{}\n{}\n", head.origin, head.size, hash_to_base64(head.root));
  for (const std::string& line : head.extensions) text += line + "\n";
  return text;
}

TreeHead parse_tree_head(std::string_view text, std::string_view what) {
  const auto refuse = [&](std::string_view why) {
    fail(ErrorKind::bad_input, "{} is no checkpoint: {}.", what, why);
  };
  TreeHead head;
  const auto origin = take_line(text);
  if (!origin || origin->empty()) refuse("its first line names no log");
  head.origin = *origin;
  const auto size_line = take_line(text);
  const auto size = size_line ? decimal(*size_line) : std::nullopt;
  if (!size) refuse("its second line is no number of entries");
  head.size = *size;
  const auto root_line = take_line(text);
  const auto root = root_line ? hash_from_base64(*root_line) : std::nullopt;
  if (!root) refuse("its third line is no SHA-256 in base64");
  head.root = *root;
  if (head.size == 0 && head.root != empty_root())
    refuse("it tells of no entries, and its root is not that of none");
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line || line->empty()) refuse("a line after the third is empty or does not end");
    head.extensions.emplace_back(*line);
  }
  return head;
}

bool is_origin(std::string_view origin) {
  return is_key_name(origin) && origin.size() <= 255 && origin != "cosignature/v1";
}

}  // namespace atelier::provenance
