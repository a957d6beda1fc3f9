// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/word_vectors.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "verse/english_text.hpp"

namespace atelier::appraise {
namespace {

constexpr std::int64_t window = 10;  // words
constexpr double flattening = 0.75;  // of the context's frequencies
constexpr std::int64_t oversampled = 20, rounds = 8;

struct Counted {
  std::string word;
  std::int64_t poems = 0;
};

std::vector<Counted> commonest(std::span<const Words> poems) {
  std::unordered_map<std::string, std::int64_t> counts;
  for (const Words& poem : poems) {
    for (const std::string& word : std::set<std::string>(poem.begin(), poem.end())) ++counts[word];
  }
  std::vector<Counted> found;
  for (const auto& [word, count] : counts) {
    if (count >= least_poems) found.push_back({word, count});
  }
  std::sort(found.begin(), found.end(), [](const Counted& a, const Counted& b) {
    return a.poems != b.poems ? a.poems > b.poems : a.word < b.word;
  });
  if (std::ssize(found) > most_words) found.resize(most_words);
  return found;
}

/// How often each two words stand near each other: V x V, float32.
at::Tensor company(std::span<const Words> poems, const WordNumbers& numbers, std::int64_t count) {
  const at::Tensor together = at::zeros({count, count}, at::kFloat);
  float* at = together.data_ptr<float>();
  for (const Words& poem : poems) {
    const std::vector<std::int64_t> text = numbers.of(poem);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t end = std::min(text.size(), i + 1 + window);
      for (std::size_t j = i + 1; text[i] >= 0 && j < end; ++j) {
        if (text[j] < 0) continue;
        ++at[text[i] * count + text[j]];
        ++at[text[j] * count + text[i]];
      }
    }
  }
  return together;
}

/// In place: log(count * all / (row's sum * context's share)), 0 where that is below 0.
void to_mutual_information(at::Tensor& together) {
  const at::Tensor sums = together.sum(1, /*keepdim=*/false, at::kDouble).clamp_min(1);
  const at::Tensor context = sums.pow(flattening);
  const at::Tensor logs = (context / context.sum()).log();
  together.log_();
  together.sub_(sums.log().to(at::kFloat).unsqueeze(1)).sub_(logs.to(at::kFloat)).clamp_min_(0);
}

at::Tensor deviates(std::int64_t rows, std::int64_t columns, std::uint64_t seed) {
  RandomStream chance(seed, "word vectors");
  const at::Tensor values = at::empty({rows, columns}, at::kFloat);
  float* at = values.data_ptr<float>();
  for (std::int64_t i = 0; i < values.numel(); ++i) at[i] = static_cast<float>(chance.normal());
  return values;
}

at::Tensor orthogonal(const at::Tensor& columns) {
  return std::get<0>(at::linalg_qr(columns));
}

/// Left singular vectors times the roots of their values.
at::Tensor strongest_axes(const at::Tensor& matrix, std::int64_t dimensions, std::uint64_t seed,
                          const std::function<void()>& check) {
  const std::int64_t count = matrix.size(0), columns = std::min(count, dimensions + oversampled);
  at::Tensor basis = orthogonal(at::mm(matrix, deviates(count, columns, seed)));
  for (std::int64_t round = 0; round < rounds; ++round) {
    check();
    basis = orthogonal(at::mm(matrix, orthogonal(at::mm(matrix.t(), basis))));
  }
  const at::Tensor within = at::mm(basis.t(), matrix).to(at::kDouble);
  const auto [squares, turn] = at::linalg_eigh(at::mm(within, within.t()));  // ascending
  const at::Tensor kept = turn.slice(1, columns - dimensions).flip(1),
                   lengths = squares.slice(0, columns - dimensions).flip(0).clamp_min(0);
  const at::Tensor axes = at::mm(basis.to(at::kDouble), kept);
  // Which way an axis points is arbitrary; its greatest number shall be positive.
  const at::Tensor greatest = axes.gather(0, axes.abs().argmax(0, /*keepdim=*/true));
  return axes * greatest.sign() * lengths.pow(0.25);
}

}  // namespace

Words words_of(std::string_view text) {
  Words words;
  for (auto& line : verse::lines_of_words(text, [](const std::string&) { return false; })) {
    words.insert(words.end(), std::move_iterator(line.begin()), std::move_iterator(line.end()));
  }
  return words;
}

WordNumbers::WordNumbers(std::span<const std::string> words) {
  for (const std::string& word : words) {
    numbers_.emplace(word, static_cast<std::int64_t>(numbers_.size()));
  }
}

std::vector<std::int64_t> WordNumbers::of(const Words& text) const {
  std::vector<std::int64_t> numbers;
  for (const std::string& word : text) {
    const auto found = numbers_.find(word);
    numbers.push_back(found == numbers_.end() ? -1 : found->second);
  }
  return numbers;
}

WordVectors learn_word_vectors(std::span<const Words> poems, std::int64_t dimensions,
                               std::uint64_t seed, const std::function<void()>& check) {
  WordVectors vectors;
  std::vector<double> rarity;
  for (const Counted& of : commonest(poems)) {
    vectors.words.push_back(of.word);
    rarity.push_back(std::log(static_cast<double>(poems.size()) / static_cast<double>(of.poems)));
  }
  const auto count = static_cast<std::int64_t>(vectors.words.size());
  if (count < dimensions) {
    fail(ErrorKind::bad_input,
         "the poems hold {} words that stand in {} of them or more, and vectors of {} numbers need "
         "as many words; give more poems.",
         count, least_poems, dimensions);
  }
  vectors.rarity = at::tensor(rarity);
  at::Tensor matrix = company(poems, WordNumbers(vectors.words), count);
  check();
  to_mutual_information(matrix);
  vectors.axes = strongest_axes(matrix, dimensions, seed, check);
  return vectors;
}

at::Tensor directions(const WordVectors& vectors, std::int64_t dimensions) {
  const at::Tensor kept = vectors.axes.slice(1, 0, dimensions);
  return kept / kept.norm(2, {1}, /*keepdim=*/true).clamp_min(1e-12);
}

at::Tensor mean_of_words(std::span<const std::int64_t> numbers, const at::Tensor& table,
                         const at::Tensor& rarity) {
  std::vector<std::int64_t> known;
  std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(known),
               [](std::int64_t number) { return number >= 0; });
  const at::Tensor places = at::tensor(known, at::kLong), weights = rarity.index_select(0, places);
  const double sum = weights.sum().item<double>();
  if (!(sum > 0)) return at::zeros({table.size(1)}, table.options());
  return at::mv(table.index_select(0, places).t(), weights) / sum;
}

}  // namespace atelier::appraise
