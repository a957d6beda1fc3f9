// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/training_pieces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/music/chorale_tokens.hpp"

namespace atelier::jobs {
namespace {

using sequence::EventPieces;

TEST(Events, AreIdsLessOneWithoutStartAndEnd) {
  const std::vector<int> ids{music::Vocabulary::start, 3, 9, 60, music::Vocabulary::end};
  EXPECT_EQ(events_of(ids), (std::vector<sequence::Token>{2, 8, 59}));
  EXPECT_EQ(event_of(music::Vocabulary::end), sequence::Tokenizer::end);
  EXPECT_EQ(event_of(music::Vocabulary::start), sequence::Tokenizer::unknown);
  for (const std::string& name : music_kind_names()) {
    const MusicKind& kind = music_kind(name);
    EXPECT_EQ(id_of(event_of(kind.vocabulary.size() - 1)), event_count(kind.vocabulary));
    EXPECT_FALSE(kind.strikes_note(kind.first_strike - 1));
    EXPECT_TRUE(kind.strikes_note(kind.first_strike));
    EXPECT_FALSE(kind.strikes_note(kind.first_strike + kind.strikes));
  }
  EXPECT_THROW(static_cast<void>(music_kind("jazz")), Error);
}

class TrainingPieces : public testing::Test {
 protected:
  EventPieces read(const char* kind, const std::filesystem::path& path, double held_out = 0.3,
                   int transpose = 6) {
    return training_pieces(music_kind(kind), path, held_out, transpose,
                           [&](const std::string& warning) { warnings_.push_back(warning); });
  }

  const TemporaryFolder folder_;
  std::vector<std::string> warnings_;
};

TEST_F(TrainingPieces, OfChoralesAreTheirOwnPartsInOtherKeys) {
  const auto path = folder_.path() / "chorales.json";
  // The second of the trained set is a tone wider on top, so that the first may rise by two.
  write_file(path, R"({"train": [[[72,67,60,48],[72,67,60,48]], [[74,69,62,50]]],
                       "valid": [[[71,67,62,55]]], "test": [[[70,65,58,46]]]})");
  const EventPieces pieces = read("chorales", path);
  EXPECT_EQ(pieces.trained.size(), 6U);  // 0, 1, 2 and -2, -1, 0
  ASSERT_EQ(pieces.held_out.size(), 1U);
  EXPECT_EQ(pieces.vocabulary, 61);
  EXPECT_DOUBLE_EQ(pieces.notes_per_token, 4.0 / 6);
  const auto low = event_of(music::first_chorale_pitch + 46 - music::lowest_chorale_pitch);
  for (const auto& piece : pieces.trained) EXPECT_THAT(piece, testing::Not(testing::Contains(low)));
  EXPECT_EQ(read("chorales", path, 0.3, 0).trained.size(), 2U);
  write_file(path, R"({"train": [[[72,67,60,48]]], "test": [[[70,65,58,46]]]})");
  EXPECT_THROW(read("chorales", path), Error);
}

std::string tune(int number) {
  std::string notes;
  for (int i = 0; i < 8; ++i) notes += "CDEFGABc"[(number * 3 + i * (number % 5 + 1)) % 8];
  return "X:" + std::to_string(number) + "\nT:t\nM:4/4\nL:1/4\nK:C\n" + notes.substr(0, 4) + "|" +
         notes.substr(4) + "|]\n\n";
}

TEST_F(TrainingPieces, OfFolkAreHeldOutByTheirOwnDigests) {
  std::string text;
  for (int i = 1; i <= 30; ++i) text += tune(i);
  write_file(folder_.path() / "a.abc", text + "X:99\nK:C\n[CE\n\n");
  write_file(folder_.path() / "notes.txt", "no music");
  const EventPieces all = read("folk", folder_.path());
  EXPECT_EQ(all.trained.size() + all.held_out.size(), 30U);
  EXPECT_EQ(warnings_.size(), 1U);
  EXPECT_GT(all.held_out.size(), 2U);
  EXPECT_LT(all.held_out.size(), 20U);
  write_file(folder_.path() / "b.abc", tune(31) + tune(32));
  EventPieces more = read("folk", folder_.path());
  for (const auto& piece : all.held_out) EXPECT_THAT(more.held_out, testing::Contains(piece));
  for (const auto& piece : all.trained) EXPECT_THAT(more.trained, testing::Contains(piece));
  EXPECT_THROW(read("piano", folder_.path()), Error);
  EXPECT_THROW(read("folk", folder_.path() / "nowhere"), Error);
}

}  // namespace
}  // namespace atelier::jobs
