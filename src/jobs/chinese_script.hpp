// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::jobs {

/// Whether a text has Chinese characters (CJK Unified Ideographs). Throws Error bad_input for
/// broken UTF-8.
[[nodiscard]] bool has_chinese(std::string_view text);

/// Simplified and traditional characters between a person and a model that knows one kind.
class ChineseScript {
 public:
  /// `asked`: what is told: "simplified", "traditional", or "auto", the person's own. `tokenizer`
  /// must outlive this.
  ChineseScript(std::string asked, const sequence::Tokenizer& tokenizer)
      : asked_(std::move(asked)), tokenizer_(tokenizer) {}

  /// A person's text as the model knows it: itself, or in the other script where more of that is
  /// known.
  [[nodiscard]] std::string taken(const std::string& text);
  /// The model's text as it is to be told. All that is taken must be taken before.
  [[nodiscard]] std::string told(std::string_view text) const;

 private:
  [[nodiscard]] std::ptrdiff_t unknown_in(const std::string& text) const;

  std::string asked_;
  const sequence::Tokenizer& tokenizer_;
  std::string person_;  // the person's script, where it is not the model's
};

}  // namespace atelier::jobs
