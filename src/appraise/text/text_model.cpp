// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/text_model.hpp"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

namespace atelier::appraise {
namespace {

using nlohmann::json;

constexpr const char* facts_key = "emotions";

bool fits_together(const TextModel& model) {
  const auto count = static_cast<std::int64_t>(model.words.size());
  return count > 0 && model.rarity.dim() == 1 && model.rarity.size(0) == count &&
         model.shares.dim() == 2 && model.shares.size(0) == count &&
         model.shares.size(1) == static_cast<std::int64_t>(model.feelings.size()) &&
         model.rarity.isfinite().all().item<bool>() && model.shares.isfinite().all().item<bool>() &&
         model.rarity.ge(0).all().item<bool>();
}

}  // namespace

const train::ModelKind& text_model_kind() {
  static const train::ModelKind kind{"atelier text emotions 1", "model of what readers feel",
                                     "atelier train emotions"};
  return kind;
}

void save_text_model(const TextModel& model, const std::filesystem::path& path) {
  const json facts{{"words", model.words}, {"feelings", kept_json(model.feelings)}};
  train::save_model_file(path, text_model_kind(),
                         {{"rarity", model.rarity.to(at::kHalf).contiguous()},
                          {"shares", model.shares.to(at::kHalf).contiguous()}},
                         {{facts_key, facts.dump()}});
}

TextModel load_text_model(const std::filesystem::path& path) {
  train::ModelFile file = train::load_model_file(path, text_model_kind());
  TextModel model;
  try {
    const json facts = json::parse(file.metadata[facts_key]);
    facts.at("words").get_to(model.words);
    model.feelings = feelings_from(facts.at("feelings"));
    model.rarity = file.tensors.at("rarity").to(at::kDouble);
    model.shares = file.tensors.at("shares").to(at::kDouble);
  } catch (const json::exception&) {
    train::refuse_model(path, text_model_kind());
  } catch (const std::out_of_range&) {
    train::refuse_model(path, text_model_kind());
  }
  if (!fits_together(model)) train::refuse_model(path, text_model_kind());
  model.digest = file.digest;
  return model;
}

}  // namespace atelier::appraise
