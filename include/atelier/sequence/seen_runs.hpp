// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// Which runs of tokens a text holds, so that copies of it are known without the text.
///
/// Every stretch of `run` tokens within a document is hashed; of long texts those alone whose hash
/// ends in `thinned` zero bits. The hashes are kept in a Bloom filter, which knows every stretch
/// that it was told of and takes one in 300 others for known.
/// Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970; two hashes
/// for all: Kirsch, Mitzenmacher, "Less hashing, same performance", 2008.
class SeenRuns {
 public:
  static constexpr int shortest = 2, longest = 256;                ///< of `run`
  static constexpr std::size_t most_bytes = std::size_t{2} << 20;  ///< of a filter that is made

  /// Those of a text whose documents end with Tokenizer::end. `source`: the text's SHA-256.
  static SeenRuns of(std::span<const Token> text, int run, std::string source);
  /// As a model's file holds it. Throws Error bad_input when that is no filter.
  SeenRuns(int run, int thinned, std::string source, std::vector<std::uint8_t> filter);

  [[nodiscard]] int run() const noexcept { return run_; }
  [[nodiscard]] int thinned() const noexcept { return thinned_; }
  [[nodiscard]] const std::string& source() const noexcept { return source_; }
  [[nodiscard]] const std::vector<std::uint8_t>& filter() const noexcept { return filter_; }

  /// Whether `stretch`, run() tokens, stands in the text; nothing: it is not among those looked at.
  [[nodiscard]] std::optional<bool> holds(std::span<const Token> stretch) const;

 private:
  [[nodiscard]] bool is_looked_at(std::uint64_t hash) const;
  void add(std::uint64_t hash);
  [[nodiscard]] bool holds(std::uint64_t hash) const;

  int run_, thinned_;
  std::string source_;
  std::vector<std::uint8_t> filter_;
};

/// A part of a piece of writing.
struct Stretch {
  std::size_t first = 0, count = 0;  ///< tokens
};

/// Follows a piece of writing token by token and tells how long a run of it one of some texts
/// holds: from the beginning of one stretch that is known to the end of another, with none unknown
/// between. Runs of a thinned text may be some tokens longer than that at both ends.
class CopyWatch {
 public:
  /// `texts` must outlive this.
  explicit CopyWatch(std::span<const SeenRuns> texts);

  void append(Token token);
  /// Tokens of the run that would end with `token`, were it to come next; 0: none.
  [[nodiscard]] std::size_t run_with(Token token);
  /// The greatest that run_with() could return now.
  [[nodiscard]] std::size_t greatest_run() const;
  /// The longest run so far; 0 tokens: none.
  [[nodiscard]] Stretch longest() const noexcept { return longest_; }

 private:
  struct Text {
    const SeenRuns* seen;
    std::optional<std::size_t> begun;  // where the run began that goes on
  };
  [[nodiscard]] std::optional<bool> ends_known_stretch(const Text& text) const;
  [[nodiscard]] std::size_t beginning(const Text& text) const;

  std::vector<Token> tokens_;
  std::vector<Text> texts_;
  Stretch longest_;
};

}  // namespace atelier::sequence
