// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "atelier/sequence/decoder.hpp"
#include "atelier/sequence/seen_runs.hpp"
#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

struct Model;

/// How a trained model is computed with.
enum class Precision {
  fp32,  ///< by libtorch: what the others answer to
  fp16,  ///< by kernels of our own, weights as the file holds them
  int8   ///< ... weights in 8 bits with a scale for each row
};

/// A trained model, to write with.
class TextModel {
 public:
  /// Throws Error missing_weights when there is no such file; bad_input when it is no such model or
  /// damaged.
  [[nodiscard]] static TextModel load(const std::filesystem::path& path);
  ~TextModel();
  TextModel(TextModel&&) noexcept;

  [[nodiscard]] const Tokenizer& tokenizer() const;
  /// What a new text begins behind.
  [[nodiscard]] std::span<const Token> beginning() const;
  /// Lines of each document that tell of it, such as title and author.
  [[nodiscard]] int heading() const;
  /// English words that its text held twice, of a model of pieces of words; else none.
  [[nodiscard]] const std::vector<std::string>& words() const;
  /// The texts that it learned from, to know copies by.
  [[nodiscard]] std::span<const SeenRuns> seen() const;
  /// How near each token of the vocabulary is to what a text is about, -1..1: the cosine between
  /// its row of the table of tokens and the mean of the text's, all without the mean of all rows.
  /// Rows of tokens that are used alike lie together (Mikolov et al., "Distributed representations
  /// of words and phrases", 2013). Empty for a text without tokens.
  [[nodiscard]] std::vector<float> nearness(std::span<const Token> text) const;
  /// SHA-256 of its tensors.
  [[nodiscard]] const std::string& digest() const;
  /// One for each sequence; several may be used side by side. The model must outlive them.
  [[nodiscard]] std::unique_ptr<Decoder> decoder(Precision precision = Precision::fp16) const;

 private:
  explicit TextModel(std::unique_ptr<Model> model);

  std::unique_ptr<Model> model_;
};

}  // namespace atelier::sequence
