// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// The people of a story: makes a model likelier to call, in each chapter, those whom the chapters
/// before called, and to call them in full.
class Cast {
 public:
  /// `tokenizer` must outlive it.
  explicit Cast(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}

  /// A chapter begins behind `story`: its people (names.hpp) are those to call, the commonest eight
  /// of them.
  void begin_chapter(std::string_view story);
  void append(Token token);
  /// Adds nats to the logits of tokens that begin a name which the chapter has not called yet, or
  /// go on with one.
  void lean(std::span<float> logits) const;

  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  struct Name {
    std::vector<Token> tokens;
    std::size_t called = 0;  ///< tokens of it that were written last
    bool came = false;       ///< in this chapter
  };

  const Tokenizer& tokenizer_;
  std::vector<std::string> names_;
  std::vector<Name> people_;
};

}  // namespace atelier::sequence
