// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/text_emotions.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>

#include "appraise/text/text_model.hpp"
#include "appraise/text/word_vectors.hpp"

namespace atelier::appraise {

struct TextEmotions::Content {
  TextModel model;
  WordNumbers numbers;

  /// The words of a text that raise an emotion's share above its average most: by rarity times
  /// what they are above it, each time that they occur.
  [[nodiscard]] std::vector<std::string> speaking(const std::vector<std::int64_t>& text,
                                                  std::size_t emotion) const {
    const double* shares = model.shares.data_ptr<double>();
    const double* rarity = model.rarity.data_ptr<double>();
    const auto count = static_cast<std::int64_t>(model.feelings.size());
    std::map<std::int64_t, double> weights;
    for (const std::int64_t word : text) {
      if (word < 0) continue;
      const double share = shares[word * count + static_cast<std::int64_t>(emotion)];
      weights[word] += rarity[word] * (share - model.feelings[emotion].average);
    }
    std::vector<std::pair<double, std::int64_t>> ranked;
    for (const auto& [word, weight] : weights) {
      if (weight > 0) ranked.emplace_back(-weight, word);
    }
    std::sort(ranked.begin(), ranked.end());
    if (ranked.size() > most_speaking) ranked.resize(most_speaking);
    std::vector<std::string> words;
    for (const auto& [weight, word] : ranked) {
      words.push_back(model.words[static_cast<std::size_t>(word)]);
    }
    return words;
  }
};

TextEmotions::TextEmotions(const std::filesystem::path& file) {
  TextModel model = load_text_model(file);
  WordNumbers numbers(model.words);
  content_ = std::make_unique<Content>(Content{std::move(model), std::move(numbers)});
}

TextEmotions::~TextEmotions() = default;
TextEmotions::TextEmotions(TextEmotions&&) noexcept = default;
TextEmotions& TextEmotions::operator=(TextEmotions&&) noexcept = default;

FeltText TextEmotions::operator()(std::string_view text) const {
  const c10::NoGradGuard frozen;
  const TextModel& model = content_->model;
  const std::vector<std::int64_t> numbers = content_->numbers.of(words_of(text));
  FeltText felt;
  felt.words = static_cast<int>(numbers.size());
  felt.known = static_cast<int>(
      std::count_if(numbers.begin(), numbers.end(), [](std::int64_t n) { return n >= 0; }));
  if (felt.known < least_known) return felt;
  const at::Tensor shares = mean_of_words(numbers, model.shares, model.rarity).clamp(0, 1);
  for (std::size_t i = 0; i < model.feelings.size(); ++i) {
    const double share = shares[static_cast<std::int64_t>(i)].item<double>();
    felt.emotions.push_back({emotion_of(model.feelings[i], share), content_->speaking(numbers, i)});
  }
  std::stable_sort(
      felt.emotions.begin(), felt.emotions.end(),
      [](const TextEmotion& a, const TextEmotion& b) { return a.felt.share > b.felt.share; });
  return felt;
}

const std::string& TextEmotions::digest() const noexcept {
  return content_->model.digest;
}

}  // namespace atelier::appraise
