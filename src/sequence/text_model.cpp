// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/text_model.hpp"

#include <ATen/ATen.h>

#include "sequence/model.hpp"
#include "sequence/row_decoder.hpp"
#include "sequence/torch_decoder.hpp"

namespace atelier::sequence {

TextModel::TextModel(std::unique_ptr<Model> model) : model_(std::move(model)) {}
TextModel::~TextModel() = default;
TextModel::TextModel(TextModel&&) noexcept = default;

TextModel TextModel::load(const std::filesystem::path& path) {
  return TextModel(std::make_unique<Model>(load_model(path, at::kCPU)));
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
  const auto unit = [](const at::Tensor& rows) {
    return rows / at::linalg_vector_norm(rows, 2, at::IntArrayRef{-1}, true).clamp_min(1e-12);
  };
  const at::Tensor table = (*model_->parameters)["tokens"].detach().to(at::kFloat);
  const at::Tensor rows = unit(table - table.mean(0, /*keepdim=*/true));
  at::Tensor mean = at::zeros({rows.size(1)});
  for (const Token token : text) mean += rows[token];
  const at::Tensor cosines = at::mv(rows, unit(mean)).contiguous();
  return {cosines.data_ptr<float>(), cosines.data_ptr<float>() + cosines.numel()};
}

const std::string& TextModel::digest() const {
  return model_->digest;
}

std::unique_ptr<Decoder> TextModel::decoder(Precision precision) const {
  if (precision == Precision::fp32) {
    return std::make_unique<TorchDecoder>(model_->form, *model_->parameters);
  }
  return make_row_decoder(model_->form, *model_->parameters, precision);
}

}  // namespace atelier::sequence
