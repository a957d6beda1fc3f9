// SPDX-License-Identifier: Apache-2.0
#include "provenance/text_lines.hpp"

#include <algorithm>
#include <charconv>

#include "atelier/base/base64.hpp"

namespace atelier::provenance {

std::optional<std::uint64_t> decimal(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value > max_tree_size) return std::nullopt;
  return value;
}

std::optional<Hash> hash_from_base64(std::string_view text) {
  Hash hash;
  if (text.size() != (hash.size() + 2) / 3 * 4) return std::nullopt;
  const std::optional<std::string> bytes = from_base64(text);
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::string hash_to_base64(const Hash& hash) {
  return to_base64(as_text(hash));
}

std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<Proof> take_proof(std::string_view& text) {
  Proof proof;
  while (const auto line = take_line(text)) {
    if (line->empty()) return proof;
    const std::optional<Hash> hash = hash_from_base64(*line);
    if (!hash || proof.size() == max_proof_hashes) return std::nullopt;
    proof.push_back(*hash);
  }
  return std::nullopt;
}

void append_proof(const Proof& proof, std::string& text) {
  for (const Hash& hash : proof) text += hash_to_base64(hash) + "\n";
  text += "\n";
}

}  // namespace atelier::provenance
