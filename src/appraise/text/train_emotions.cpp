// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/train_emotions.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "appraise/text/labelled_poems.hpp"
#include "appraise/text/text_head.hpp"
#include "appraise/text/text_model.hpp"
#include "appraise/text/word_vectors.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/tensor/compute.hpp"
#include "atelier/verse/poems.hpp"

namespace atelier::appraise {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::int64_t, 3> dimensions{30, 50, 100};
constexpr std::size_t piece = 4;  // lines
constexpr std::uintmax_t most_bytes = std::uintmax_t{64} << 20;

std::string joined(const std::vector<std::string>& lines, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += lines[i] + "\n";
  return text;
}

at::Tensor mean_share(const LabelledPoem& poem, std::size_t from, std::size_t to) {
  std::vector<at::Tensor> shares;
  for (std::size_t i = from; i < to; ++i) shares.push_back(at::tensor(poem.shares[i]));
  return at::stack(shares).mean(0);
}

/// A poem's words and shares, wholly and in pieces, before they are rows.
struct Cut {
  std::vector<std::vector<std::int64_t>> poems, pieces;  // numbers of words
  PoemShares shares;
};

Cut cut(const LabelledPoems& labelled, const WordNumbers& numbers) {
  Cut result;
  std::vector<at::Tensor> of_poems, of_pieces;
  std::vector<std::int64_t> owner;
  for (const LabelledPoem& poem : labelled.poems) {
    const std::size_t count = poem.lines.size();
    for (std::size_t from = 0; from < count; from += piece) {
      const std::size_t to = std::min(count, from + piece);
      result.pieces.push_back(numbers.of(words_of(joined(poem.lines, from, to))));
      of_pieces.push_back(mean_share(poem, from, to));
      owner.push_back(static_cast<std::int64_t>(result.poems.size()));
    }
    result.poems.push_back(numbers.of(words_of(joined(poem.lines, 0, count))));
    of_poems.push_back(mean_share(poem, 0, count));
  }
  result.shares = {at::stack(of_poems), at::stack(of_pieces), at::tensor(owner)};
  return result;
}

at::Tensor rows_of(const std::vector<std::vector<std::int64_t>>& texts, const at::Tensor& table,
                   const at::Tensor& rarity) {
  std::vector<at::Tensor> rows;
  for (const auto& text : texts) rows.push_back(mean_of_words(text, table, rarity));
  return at::stack(rows);
}

/// The head as a share of readers for each word, of the emotions that are offered.
TextModel model_of(const WordVectors& vectors, const TextHead& head) {
  TextModel model{vectors.words, vectors.rarity, {}, {}, {}};
  std::vector<std::int64_t> offered;
  for (std::size_t i = 0; i < head.feelings.size(); ++i) {
    if (!head.feelings[i].offered) continue;
    offered.push_back(static_cast<std::int64_t>(i));
    model.feelings.push_back(head.feelings[i]);
  }
  const at::Tensor shares = head.head(directions(vectors, dimensions.at(head.kind)));
  model.shares = shares.index_select(1, at::tensor(offered, at::kLong));
  return model;
}

}  // namespace

const OptionTable<EmotionOptions>& emotion_option_table() {
  using E = EmotionOptions;
  static const OptionTable<E> table{
      {&E::parts,
       {"parts",
        "Measuring",
        "parts that poems are divided into; each is judged by a model that saw the others",
        "parts",
        2,
        64,
        {},
        {}}},
      {&E::seed,
       {"seed",
        "Measuring",
        "deals out the poems, starts the search for axes of words and draws the intervals",
        "",
        {},
        {},
        {},
        {}}},
      {&E::threads, {"threads", "Machine", "threads to compute with; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

EmotionsTrained train_emotions(const EmotionTraining& training, const OnProgress& on_progress,
                               std::stop_token stop) {
  const c10::NoGradGuard frozen;
  static_cast<void>(tensor::set_up("cpu", training.options.threads));
  EmotionsTrained trained{
      training.folder / "emotions.safetensors", training.folder / "figures.json", {}, 0};
  const Stopwatch watch(trained.seconds);
  std::int64_t done = 0;
  const auto check = [&] {
    if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted; nothing was written.");
    if (on_progress) {
      on_progress({.stage = "learning",
                   .done = ++done,
                   .total = 0,
                   .seconds = watch.elapsed(),
                   .values = {}});
    }
  };
  const LabelledPoems labelled = read_labelled_poems(read_file(training.labels, most_bytes));
  if (std::ssize(labelled.poems) < 2 * std::int64_t{training.options.parts}) {
    fail(ErrorKind::invalid_argument,
         "{} poems are too few for --parts {}; give at least {}, or fewer parts.",
         labelled.poems.size(), training.options.parts, 2 * training.options.parts);
  }
  std::error_code error;
  fs::create_directories(training.folder, error);
  if (error) {
    fail(ErrorKind::io, "{} cannot be made ({}).", training.folder.string(), error.message());
  }
  std::vector<Words> poems;
  for (const verse::Poem& poem : verse::read_english_poems(read_file(training.poems, most_bytes))) {
    poems.push_back(words_of(joined(poem.lines, 0, poem.lines.size())));
  }
  const WordVectors vectors =
      learn_word_vectors(poems, dimensions.back(), training.options.seed, check);
  const Cut texts = cut(labelled, WordNumbers(vectors.words));
  std::vector<PoemRows> kinds;
  for (const std::int64_t count : dimensions) {
    const at::Tensor table = directions(vectors, count);
    kinds.push_back({count, rows_of(texts.poems, table, vectors.rarity),
                     rows_of(texts.pieces, table, vectors.rarity)});
  }
  const TextHead head = learn_text_emotions(kinds, texts.shares, labelled.emotions,
                                            training.options.parts, training.options.seed, check);
  save_text_model(model_of(vectors, head), trained.model);
  trained.of = {{"poems", labelled.poems.size()},         {"parts", training.options.parts},
                {"poems_for_words", poems.size()},        {"words", vectors.words.size()},
                {"dimensions", dimensions.at(head.kind)}, {"penalty", head.penalty},
                {"emotions", figures_json(head.feelings)}};
  write_file(trained.figures, trained.of.dump(2) + "\n");
  return trained;
}

}  // namespace atelier::appraise
