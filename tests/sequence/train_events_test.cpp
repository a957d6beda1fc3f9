// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/sequence/text_model.hpp"
#include "atelier/sequence/train.hpp"
#include "sequence/corpus.hpp"

namespace atelier::sequence {
namespace {

EventPieces some_pieces() {
  EventPieces pieces;
  pieces.vocabulary = 9;
  for (Token first = 2; first < 7; ++first) {
    std::vector<Token> piece;
    for (int i = 0; i < 30; ++i) piece.push_back(static_cast<Token>(2 + (first + i) % 7));
    pieces.trained.push_back(piece);
  }
  pieces.held_out = {{2, 3, 4, 5}, {8, 2, 3}};
  pieces.notes_per_token = 0.5;
  return pieces;
}

TEST(EventCorpora, HaveAnEndBehindEachPieceAndKnowWhatWasLearned) {
  SequenceOptions options;
  options.seen_run = 5;
  const EventPieces pieces = some_pieces();
  const Corpus corpus = corpus_of(pieces, options);
  EXPECT_EQ(corpus.held_out, (std::vector<Token>{2, 3, 4, 5, 1, 8, 2, 3, 1}));
  EXPECT_EQ(corpus.trained.size(), 5U * 31);
  EXPECT_EQ(corpus.knowledge.beginning, std::vector<Token>{Tokenizer::end});
  EXPECT_EQ(corpus.knowledge.tokenizer->vocabulary(), 9);
  ASSERT_EQ(corpus.knowledge.seen.size(), 1U);
  EXPECT_EQ(corpus.knowledge.seen[0].holds(std::vector<Token>{2, 3, 4, 5, 6}), true);
  EXPECT_EQ(corpus.knowledge.seen[0].holds(std::vector<Token>{2, 2, 2, 2, 2}), false);
  EventPieces others = pieces;
  others.held_out.back().back() = 4;
  EXPECT_NE(corpus_of(others, options).digest, corpus.digest);
}

TEST(EventCorpora, RefuseWhatIsNoEvent) {
  for (const Token token : {0, 1, 9}) {
    EventPieces pieces = some_pieces();
    pieces.trained[1][3] = token;
    EXPECT_THROW(static_cast<void>(corpus_of(pieces, {})), Error) << token;
  }
  EventPieces other = some_pieces();
  const TextKnowledge before = corpus_of(other, {}).knowledge;
  other.vocabulary = 10;
  EXPECT_THROW(static_cast<void>(corpus_of(other, {}, before)), Error);
}

TEST(TrainEvents, GoOnExactlyAndTellNatsANote) {
  const TemporaryFolder folder;
  SequenceTraining training;
  training.train.steps = 4;
  training.train.batch = 4;
  training.train.threads = 1;
  training.train.device = "cpu";
  training.train.checkpoint_every = 2;
  training.train.held_out_every = 2;
  training.sequence.layers = 1;
  training.sequence.width = 16;
  training.sequence.heads = 2;
  training.sequence.context = 8;
  training.folder = folder.path() / "whole";
  const train::RunReport whole = train_events(some_pieces(), training);
  ASSERT_EQ(whole.held_out.size(), 3U);
  EXPECT_EQ(whole.held_out[1].first, "note");
  EXPECT_DOUBLE_EQ(whole.held_out[1].second, 2 * whole.held_out[2].second);
  training.folder = folder.path() / "parts";
  std::stop_source stop;
  train::RunListeners listeners;
  listeners.on_progress = [&](const Progress& progress) {
    if (progress.done == 2) stop.request_stop();
  };
  EXPECT_TRUE(train_events(some_pieces(), training, listeners, stop.get_token()).stopped);
  const train::RunReport parts = train_events(some_pieces(), training);
  EXPECT_EQ(parts.resumed_at, 2);
  EXPECT_EQ(TextModel::load(parts.model).digest(), TextModel::load(whole.model).digest());
  // Other pieces are another run.
  EventPieces others = some_pieces();
  others.trained.pop_back();
  EXPECT_THROW(static_cast<void>(train_events(others, training)), Error);
}

}  // namespace
}  // namespace atelier::sequence
