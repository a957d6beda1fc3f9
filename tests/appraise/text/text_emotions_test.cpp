// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/text_emotions.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "appraise/text/text_model.hpp"
#include "atelier/appraise/train_emotions.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::appraise {
namespace {

TextModel model_of_three() {
  return {{"sun", "rain", "stone"},
          at::tensor({1.0, 1.0, 2.0}),
          at::tensor({0.9, 0.1, 0.1, 0.8, 0.5, 0.5}).view({3, 2}),
          {{.name = "joy", .average = 0.4, .offered = true},
           {.name = "grief", .average = 0.3, .offered = true}},
          {}};
}

TEST(TextEmotions, AreMeansOverWordsByRarity) {
  const TemporaryFolder folder;
  save_text_model(model_of_three(), folder.path() / "model");
  const TextEmotions read(folder.path() / "model");
  const FeltText felt = read("Sun sun sun sun, rain!\nrain, stone; stone... and nothing");
  EXPECT_EQ(felt.words, 10);
  EXPECT_EQ(felt.known, 8);
  ASSERT_EQ(felt.emotions.size(), 2U);
  EXPECT_EQ(felt.emotions[0].felt.name, "joy");
  EXPECT_NEAR(felt.emotions[0].felt.share, (4 * 0.9 + 2 * 0.1 + 4 * 0.5) / 10, 1e-3);
  EXPECT_THAT(felt.emotions[0].words, testing::ElementsAre("sun", "stone"));
  EXPECT_NEAR(felt.emotions[1].felt.share, (4 * 0.1 + 2 * 0.8 + 4 * 0.5) / 10, 1e-3);
  EXPECT_THAT(felt.emotions[1].words, testing::ElementsAre("rain", "stone"));
}

TEST(TextEmotions, AreNotToldOfFewWordsNorOfOtherTongues) {
  const TemporaryFolder folder;
  save_text_model(model_of_three(), folder.path() / "model");
  const TextEmotions read(folder.path() / "model");
  EXPECT_TRUE(read("sun rain stone sun rain stone sun").emotions.empty());
  EXPECT_TRUE(read("").emotions.empty());
  EXPECT_TRUE(read("春眠不覺曉，處處聞啼鳥。").emotions.empty());
  EXPECT_THROW(static_cast<void>(read("\xc0\x80")), Error);
}

TEST(TextEmotions, RefuseOtherFiles) {
  const TemporaryFolder folder;
  EXPECT_THROW(TextEmotions(folder.path() / "none"), Error);
  write_file(folder.path() / "text", "sun rain stone");
  EXPECT_THROW(TextEmotions(folder.path() / "text"), Error);
  TextModel other = model_of_three();
  other.words.pop_back();
  save_text_model(other, folder.path() / "short");
  EXPECT_THROW(TextEmotions(folder.path() / "short"), Error);
}

/// Poems of glad and of sad words, and readers who tell them apart.
TEST(TextEmotions, AreLearnedFromPoemsThatReadersLabelled) {
  RandomStream chance(9, "poems");
  const auto word = [&](const char* kind) {
    const auto letter = [&](int count) {
      return static_cast<char>('a' + static_cast<int>(count * chance.uniform()));
    };
    return fmt::format("{}{}{} ", kind, letter(26), letter(2));
  };
  const auto line = [&](bool glad) {
    std::string text;
    for (int i = 0; i < 6; ++i) text += word(glad ? "glad" : "sad") + word("any");
    return text;
  };
  std::string poems, labels;
  for (int i = 0; i < 400; ++i) {
    for (int k = 0; k < 6; ++k) poems += line(i % 2 == 0) + "\n";
    poems += "\n\n";
  }
  for (int i = 0; i < 40; ++i) {
    labels += fmt::format("Poem {}\t\n", i);
    for (int k = 0; k < 8; ++k) {
      const bool glad = chance.uniform() < (i % 5) / 4.0;
      labels += line(glad) + (glad ? "\tJoy\n" : "\tGrief\n");
    }
  }
  const TemporaryFolder folder;
  write_file(folder.path() / "poems.txt", poems);
  write_file(folder.path() / "labels.tsv", labels);
  const EmotionTraining training{folder.path() / "run",
                                 folder.path() / "poems.txt",
                                 folder.path() / "labels.tsv",
                                 {.parts = 8, .threads = 1}};
  const EmotionsTrained trained = train_emotions(training);
  for (const auto& of : trained.of.at("emotions")) {
    EXPECT_TRUE(of.at("offered").get<bool>()) << of.dump();
    EXPECT_GT(of.at("rank_correlation").get<double>(), 0.8);
  }
  const TextEmotions read(trained.model);
  const auto share_of_joy = [&](bool glad) {
    const FeltText felt = read(line(glad));
    const auto joy = std::find_if(felt.emotions.begin(), felt.emotions.end(),
                                  [](const TextEmotion& of) { return of.felt.name == "Joy"; });
    return joy->felt.share;
  };
  EXPECT_GT(share_of_joy(true), 0.7);
  EXPECT_LT(share_of_joy(false), 0.3);
  EXPECT_EQ(read_file(train_emotions(training).model, 1 << 20), read_file(trained.model, 1 << 20));
  EmotionTraining few = training;
  few.options.parts = 21;
  EXPECT_THROW(static_cast<void>(train_emotions(few)), Error);
}

}  // namespace
}  // namespace atelier::appraise
