// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "atelier/appraise/text_likeness.hpp"
#include "atelier/jobs/appraise.hpp"
#include "atelier/verse/chinese_sounds.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "jobs/inputs.hpp"

namespace atelier::jobs {

/// What was named, by kind: texts are files named .txt; folders and patterns with pictures stand
/// for those, without any for their texts.
struct NamedByKind {
  std::vector<std::filesystem::path> pictures;  ///< as they were named
  std::vector<AskedPicture> texts;              ///< files, each once
};
[[nodiscard]] NamedByKind by_kind(const std::vector<std::filesystem::path>& named);

/// Tells of texts how they are built, what readers feel, and which others are like them. What a
/// language needs is loaded when the first text in it comes.
class TextAppraiser {
 public:
  /// `emotions`: what `train emotions` made; empty: what comes along. `reference`: texts to compare
  /// with, which were read.
  struct Reference {
    std::filesystem::path path, file;
    std::string text;
  };
  TextAppraiser(std::filesystem::path emotions, std::vector<Reference> reference,
                std::size_t nearest);

  /// Throws as load_text() and verse's portraits.
  [[nodiscard]] AppraisedText operator()(const AskedPicture& asked);

  /// The model of emotions and its digest; empty where no text needed it.
  [[nodiscard]] const std::filesystem::path& model() const noexcept { return model_; }
  [[nodiscard]] std::string model_sha256() const;

 private:
  std::filesystem::path named_model_, model_;
  std::vector<Reference> reference_;
  std::size_t nearest_;
  std::optional<appraise::TextLikeness> likeness_;
  std::optional<appraise::TextEmotions> emotions_;
  std::optional<verse::EnglishSounds> english_;
  std::optional<verse::ChineseSounds> chinese_;
};

/// A text of at most 1 MiB in UTF-8. Throws Error bad_input, which names the file, for another.
[[nodiscard]] std::string load_text(const std::filesystem::path& path);

}  // namespace atelier::jobs
