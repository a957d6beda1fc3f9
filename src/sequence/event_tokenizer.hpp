// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// Events that are numbers already, such as those of music. As text they are decimal numbers
/// 0..vocabulary-1 with blanks or line ends between, told as "17 ".
class EventTokenizer final : public Tokenizer {
 public:
  /// `vocabulary` as text. Throws Error bad_input when it is no number 2..65536.
  explicit EventTokenizer(std::string_view vocabulary);

  [[nodiscard]] std::string kind() const override { return "events"; }
  [[nodiscard]] int vocabulary() const override { return static_cast<int>(bytes_.size()); }
  using Tokenizer::encode;
  /// Throws Error bad_input at what is no number, or one too large.
  void encode(std::string_view text, std::vector<Token>& to) const override;
  [[nodiscard]] std::string_view bytes_of(Token token) const override { return bytes_.at(token); }
  [[nodiscard]] std::string serialised() const override { return std::to_string(vocabulary()); }

 private:
  std::vector<std::string> bytes_;
};

}  // namespace atelier::sequence
