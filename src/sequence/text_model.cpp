// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/text_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sequence/model.hpp"
#include "sequence/reference_decoder.hpp"
#include "sequence/row_decoder.hpp"

namespace atelier::sequence {
namespace {

/// Divides by its length.
void make_unit(std::vector<double>& numbers) {
  constexpr double least = 1e-12;
  const double squares = std::inner_product(numbers.begin(), numbers.end(), numbers.begin(), 0.0);
  const double length = std::max(std::sqrt(squares), least);
  for (double& number : numbers) number /= length;
}

}  // namespace

TextModel::TextModel(std::unique_ptr<Model> model) : model_(std::move(model)) {}
TextModel::~TextModel() = default;
TextModel::TextModel(TextModel&&) noexcept = default;

TextModel TextModel::load(const std::filesystem::path& path) {
  return TextModel(std::make_unique<Model>(load_model(path)));
}

const Tokenizer& TextModel::tokenizer() const {
  return *model_->knowledge.tokenizer;
}

std::span<const Token> TextModel::beginning() const {
  return model_->knowledge.beginning;
}

int TextModel::heading() const {
  return model_->knowledge.heading;
}

const std::vector<std::string>& TextModel::words() const {
  return model_->knowledge.words;
}

std::span<const SeenRuns> TextModel::seen() const {
  return model_->knowledge.seen;
}

std::vector<float> TextModel::nearness(std::span<const Token> text) const {
  if (text.empty()) return {};
  const auto width = static_cast<std::size_t>(model_->form.width);
  const std::vector<float> table = nets::numbers_of(model_->parameters["tokens"]);
  const std::size_t rows = table.size() / width;
  std::vector<double> centre(width);
  for (std::size_t i = 0; i < table.size(); ++i) centre[i % width] += table[i];
  for (double& number : centre) number /= static_cast<double>(rows);
  const auto centred = [&](std::size_t row) {
    std::vector<double> numbers(width);
    for (std::size_t i = 0; i < width; ++i) numbers[i] = table[row * width + i] - centre[i];
    make_unit(numbers);
    return numbers;
  };
  std::vector<double> mean(width);
  for (const Token token : text) {
    const std::vector<double> row = centred(token);
    for (std::size_t i = 0; i < width; ++i) mean[i] += row[i];
  }
  make_unit(mean);
  std::vector<float> cosines(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::vector<double> numbers = centred(row);
    cosines[row] =
        static_cast<float>(std::inner_product(numbers.begin(), numbers.end(), mean.begin(), 0.0));
  }
  return cosines;
}

const std::string& TextModel::digest() const {
  return model_->digest;
}

std::unique_ptr<Decoder> TextModel::decoder(Precision precision) const {
  if (precision == Precision::fp32) return make_reference_decoder(*model_);
  return make_row_decoder(model_->form, model_->parameters, precision);
}

}  // namespace atelier::sequence
