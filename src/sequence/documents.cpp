// SPDX-License-Identifier: Apache-2.0
#include "sequence/documents.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/sequence/train.hpp"

namespace atelier::sequence {
namespace {

std::string_view without_line_ends(std::string_view text) {
  constexpr std::string_view ends = "\r\n";
  const std::size_t first = text.find_first_not_of(ends);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(ends) + 1 - first);
}

}  // namespace

std::string unescaped(std::string_view written) {
  std::string text;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '\\') {
      text += written[i];
      continue;
    }
    const char next = ++i < written.size() ? written[i] : '\0';
    if (next != 'n' && next != 't' && next != '\\') {
      fail(ErrorKind::invalid_argument, "in '{}' only n, t or \\ may follow a backslash.", written);
    }
    text += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
  }
  return text;
}

std::vector<std::string_view> documents_of(std::string_view text, std::string_view delimiter) {
  if (delimiter.empty()) return {text};
  std::vector<std::string_view> documents;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(delimiter), text.size());
    const std::string_view document = without_line_ends(text.substr(0, length));
    if (!document.empty()) documents.push_back(document);
    text.remove_prefix(std::min(length + delimiter.size(), text.size()));
  }
  return documents;
}

TextDivision divided_by_place(const std::vector<std::string_view>& documents, double share) {
  std::size_t all = 0;
  for (const std::string_view document : documents) all += document.size();
  const auto trained = static_cast<std::size_t>((1 - share) * static_cast<double>(all));
  if (documents.size() == 1) {
    const std::string_view text = documents.front();
    std::size_t cut = trained;
    while (cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) ++cut;
    return {{text.substr(0, cut)}, {text.substr(cut)}};
  }
  TextDivision division;
  std::size_t at = 0;
  for (const std::string_view document : documents) {
    (at < trained ? division.trained : division.held_out).push_back(document);
    at += document.size();
  }
  return division;
}

double lot_of(std::string_view document) {
  constexpr std::size_t digits = 8;
  const std::string digest = sha256(std::as_bytes(std::span(document)));
  return static_cast<double>(std::stoul(digest.substr(0, digits), nullptr, 16)) /
         static_cast<double>(std::uint64_t{1} << (4 * digits));
}

TextDivision divided_by_digest(const std::vector<std::string_view>& documents, double share) {
  TextDivision division;
  for (const std::string_view document : documents) {
    (lot_of(document) < share ? division.held_out : division.trained).push_back(document);
  }
  if (division.trained.empty() || division.held_out.empty()) {
    fail(ErrorKind::invalid_argument,
         "{} documents cannot be divided by their digests; bring more, or use --split tail.",
         documents.size());
  }
  return division;
}

}  // namespace atelier::sequence
