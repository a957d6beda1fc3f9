// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/appraise/appraiser.hpp"

namespace atelier::appraise {

/// An emotion that readers would name, and the words that speak for it most.
struct TextEmotion {
  Emotion felt;
  std::vector<std::string> words;  ///< at most `most_speaking`, the strongest first
};

struct FeltText {
  int words = 0;  ///< in the text
  int known = 0;  ///< of which the model knows something
  /// Those that are offered, greatest share first; none where fewer than `least_known` words are
  /// known.
  std::vector<TextEmotion> emotions;
};

/// Tells which share of readers would name an emotion in an English poem, by its words alone.
/// Immutable; safe to use from several threads.
class TextEmotions {
 public:
  static constexpr int least_known = 8;
  static constexpr std::size_t most_speaking = 4;

  /// `model`: a file that train_emotions() wrote. Throws Error missing_weights when it is not
  /// there, bad_input when it is damaged.
  explicit TextEmotions(const std::filesystem::path& model);
  ~TextEmotions();
  TextEmotions(TextEmotions&&) noexcept;
  TextEmotions& operator=(TextEmotions&&) noexcept;

  /// Throws Error bad_input for broken UTF-8 and for more than 1 MiB.
  [[nodiscard]] FeltText operator()(std::string_view text) const;

  /// SHA-256 of the model's tensors.
  [[nodiscard]] const std::string& digest() const noexcept;

 private:
  struct Content;

  std::unique_ptr<Content> content_;
};

}  // namespace atelier::appraise
