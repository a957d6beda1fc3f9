// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/proof_file.hpp"

#include <fmt/format.h>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "provenance/text_lines.hpp"

namespace atelier::provenance {
namespace {

constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

/// The rest of the line that `text` begins with, when it begins with `word`; taken with the line.
std::optional<std::string_view> take_after(std::string_view word, std::string_view& text) {
  if (!text.starts_with(word)) return std::nullopt;
  const auto line = take_line(text);
  return line ? std::optional(line->substr(word.size())) : std::nullopt;
}

std::optional<std::uint64_t> take_number(std::string_view word, std::string_view& text) {
  const auto rest = take_after(word, text);
  return rest ? decimal(*rest) : std::nullopt;
}

}  // namespace

ProofFile parse_proof_file(std::string_view text, std::string_view what) {
  const auto refuse = [&](std::string_view why) {
    fail(ErrorKind::bad_input, "{} is no proof: {}.", what, why);
  };
  if (text.size() > max_proof_bytes)
    refuse(fmt::format("it has {} bytes, more than {}", text.size(), max_proof_bytes));
  if (take_line(text) != proof_file_title)
    refuse(fmt::format("its first line is not {}", proof_file_title));
  ProofFile proof;
  if (text.starts_with(extra_word)) {
    const auto line = take_after(extra_word, text);
    const auto extra = line ? from_base64(*line) : std::nullopt;
    if (!extra || extra->empty()) refuse("its extra line is no base64");
    proof.extra = *extra;
  }
  const auto index = take_number(index_word, text);
  if (!index) refuse("no line tells the entry's index");
  proof.index = *index;
  auto path = take_proof(text);
  if (!path) refuse("its hashes are damaged, or more than 63, or no empty line ends them");
  proof.path = std::move(*path);
  if (text.empty()) refuse("it ends before the checkpoint");
  proof.checkpoint = text;
  return proof;
}

std::string to_text(const ProofFile& proof) {
  std::string text = std::string(proof_file_title) + "\n";
  if (!proof.extra.empty()) text += fmt::format("{}{}\n", extra_word, to_base64(proof.extra));
  text += fmt::format("{}{}\n", index_word, proof.index);
  append_proof(proof.path, text);
  return text + proof.checkpoint;
}

GrowthProof parse_growth_proof(std::string_view text, std::string_view what) {
  const auto refuse = [&](std::string_view why) {
    fail(ErrorKind::bad_input, "{} is no proof of growth: {}.", what, why);
  };
  if (text.size() > max_proof_bytes)
    refuse(fmt::format("it has {} bytes, more than {}", text.size(), max_proof_bytes));
  GrowthProof growth;
  const auto old_size = take_number(growth_proof_title, text);
  if (!old_size) refuse("its first line does not tell the old number of entries");
  growth.old_size = *old_size;
  auto proof = take_proof(text);
  if (!proof) refuse("its hashes are damaged, or more than 63, or no empty line ends them");
  growth.proof = std::move(*proof);
  if (growth.old_size == 0 && !growth.proof.empty())
    refuse("growth from nothing needs no hashes, and it has some");
  if (text.empty()) refuse("it ends before the checkpoint");
  growth.checkpoint = text;
  return growth;
}

std::string to_text(const GrowthProof& proof) {
  std::string text = fmt::format("{}{}\n", growth_proof_title, proof.old_size);
  append_proof(proof.proof, text);
  return text + proof.checkpoint;
}

}  // namespace atelier::provenance
