// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/seen_runs.hpp"

#include <algorithm>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::sequence {
namespace {

constexpr std::size_t bits_a_stretch = 12, probes = 8;

/// SplitMix64's last step.
std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9ULL;
  h = (h ^ h >> 27) * 0x94d049bb133111ebULL;
  return h ^ h >> 31;
}

std::uint64_t hash_of(std::span<const Token> stretch) {
  std::uint64_t h = 0;
  for (const Token token : stretch) h = mixed(h + 0x9e3779b97f4a7c15ULL + token);
  return h;
}

std::size_t bits_for(std::size_t stretches) {
  return std::max<std::size_t>(64, stretches * bits_a_stretch);
}

}  // namespace

SeenRuns SeenRuns::of(std::span<const Token> text, int run, std::string source) {
  std::vector<std::uint64_t> hashes;
  const auto count = static_cast<std::size_t>(run);
  std::size_t in_document = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    in_document = text[at] == Tokenizer::end ? 0 : in_document + 1;
    if (in_document >= count) hashes.push_back(hash_of(text.subspan(at + 1 - count, count)));
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  int thinned = 0;
  while (bits_for(hashes.size() >> thinned) / 8 > most_bytes) ++thinned;
  SeenRuns seen(run, thinned, std::move(source),
                std::vector<std::uint8_t>(bits_for(hashes.size() >> thinned) / 8));
  for (const std::uint64_t hash : hashes) {
    if (seen.is_looked_at(hash)) seen.add(hash);
  }
  return seen;
}

SeenRuns::SeenRuns(int run, int thinned, std::string source, std::vector<std::uint8_t> filter)
    : run_(run), thinned_(thinned), source_(std::move(source)), filter_(std::move(filter)) {
  if (run < shortest || run > longest || thinned < 0 || thinned > 32 || filter_.empty()) {
    fail(ErrorKind::bad_input, "what a model tells of its text is damaged; bring its file again.");
  }
}

bool SeenRuns::is_looked_at(std::uint64_t hash) const {
  return (hash & ((std::uint64_t{1} << thinned_) - 1)) == 0;
}

void SeenRuns::add(std::uint64_t hash) {
  const std::uint64_t step = mixed(hash) | 1;
  for (std::size_t i = 0; i < probes; ++i) {
    const std::size_t bit = (hash + i * step) % (8 * filter_.size());
    filter_[bit / 8] = static_cast<std::uint8_t>(filter_[bit / 8] | 1U << bit % 8);
  }
}

bool SeenRuns::holds(std::uint64_t hash) const {
  const std::uint64_t step = mixed(hash) | 1;
  for (std::size_t i = 0; i < probes; ++i) {
    const std::size_t bit = (hash + i * step) % (8 * filter_.size());
    if ((filter_[bit / 8] >> bit % 8 & 1) == 0) return false;
  }
  return true;
}

std::optional<bool> SeenRuns::holds(std::span<const Token> stretch) const {
  const std::uint64_t hash = hash_of(stretch);
  if (!is_looked_at(hash)) return std::nullopt;
  return holds(hash);
}

CopyWatch::CopyWatch(std::span<const SeenRuns> texts) {
  for (const SeenRuns& seen : texts) texts_.push_back({&seen, {}});
}

std::optional<bool> CopyWatch::ends_known_stretch(const Text& text) const {
  const auto count = static_cast<std::size_t>(text.seen->run());
  if (tokens_.size() < count) return std::nullopt;
  return text.seen->holds(std::span<const Token>(tokens_).last(count));
}

std::size_t CopyWatch::beginning(const Text& text) const {
  return text.begun.value_or(tokens_.size() - static_cast<std::size_t>(text.seen->run()));
}

void CopyWatch::append(Token token) {
  tokens_.push_back(token);
  for (Text& text : texts_) {
    const std::optional<bool> known = ends_known_stretch(text);
    if (!known) continue;
    if (!*known) {
      text.begun.reset();
      continue;
    }
    text.begun = beginning(text);
    const std::size_t count = tokens_.size() - *text.begun;
    if (count > longest_.count) longest_ = {*text.begun, count};
  }
}

std::size_t CopyWatch::greatest_run() const {
  std::size_t count = 0;
  for (const Text& text : texts_) {
    const auto run = static_cast<std::size_t>(text.seen->run());
    count = std::max(count, text.begun ? tokens_.size() + 1 - *text.begun : run);
  }
  return count;
}

std::size_t CopyWatch::run_with(Token token) {
  tokens_.push_back(token);
  std::size_t count = 0;
  for (const Text& text : texts_) {
    if (!ends_known_stretch(text).value_or(false)) continue;
    count = std::max(count, tokens_.size() - beginning(text));
  }
  tokens_.pop_back();
  return count;
}

}  // namespace atelier::sequence
