// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/compose.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/jobs/train_music.hpp"
#include "atelier/music/chorale.hpp"
#include "atelier/music/midi.hpp"
#include "atelier/music/timing.hpp"
#include "jobs/music/given_music.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// A melody of quarters.
music::Score melody(const std::vector<int>& pitches) {
  music::Score score;
  score.voices = {{"Melody", 0, false}};
  for (const int pitch : pitches) {
    score.notes.push_back({score.length, 0, pitch, score.ticks_per_quarter, 80});
    score.length += score.ticks_per_quarter;
  }
  return score;
}

/// Models that have hardly learned anything: what holds of their pieces is the program's doing.
class Composing : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    write_file(file("chorales.json"), R"({"train": [[[72,67,60,48],[72,67,60,48],[71,67,62,55],
        [71,67,62,55],[72,67,64,48],[72,67,64,48],[72,67,64,48],[72,67,64,48]]],
        "valid": [[[72,67,60,48],[71,67,62,55],[72,67,60,48],[71,67,62,55]]]})");
    std::string tunes;
    for (int i = 1; i < 30; ++i) {
      tunes += "X:" + std::to_string(i) + "\nM:4/4\nL:1/4\nK:G\n" +
               std::string("GABc").substr(static_cast<std::size_t>(i % 4)) +
               std::string(static_cast<std::size_t>(i % 4), "defg"[i / 4 % 4]) + "|G4|]\n\n";
    }
    write_file(file("tunes.abc"), tunes);
    fs::create_directory(file("midi"));
    for (int i = 0; i < 20; ++i) {
      write_file(file("midi/" + std::to_string(i) + ".mid"),
                 music::write_midi(melody({60 + i, 64, 67, 72 - i})));
    }
    learn("chorales", "chorales.json");
    learn("folk", "tunes.abc");
    learn("piano", "midi");
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static fs::path file(const std::string& name) { return folder_->path() / name; }

  static void learn(const std::string& kind, const std::string& music) {
    TrainMusicRequest request{file(music), {kind, 2}, {}};
    request.training.folder = file(kind);
    request.training.train.steps = 2;
    request.training.train.batch = 2;
    request.training.train.threads = 1;
    request.training.train.device = "cpu";
    request.training.sequence.layers = 1;
    request.training.sequence.width = 16;
    request.training.sequence.heads = 2;
    request.training.sequence.context = 8;
    request.training.sequence.held_out = 0.3;
    static_cast<void>(train_music(request));
  }

  static ComposeRequest request(const std::string& kind, const std::string& name = "out.mid") {
    ComposeRequest request;
    request.outputs = {file(name)};
    request.options.kind = kind;
    request.options.model = file(kind + "/model.safetensors").string();
    request.options.drafts = 2;
    request.options.bars = 4;
    return request;
  }

  static music::MidiFile written(const std::string& name = "out.mid") {
    return music::read_midi(read_file(file(name), music::max_midi_bytes));
  }

  static std::string refusal(const ComposeRequest& request) {
    try {
      static_cast<void>(compose(request));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  inline static std::unique_ptr<TemporaryFolder> folder_;
};

TEST_F(Composing, LeavesNoNoteHangingAndKeepsTheLength) {
  for (const char* kind : {"chorales", "folk", "piano"}) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      ComposeRequest asked = request(kind);
      asked.options.seed = seed;
      asked.options.metre = "3/4";
      const ComposeReport report = compose(asked);
      ASSERT_EQ(report.pieces.size(), 1U);
      const music::MidiFile midi = written();
      EXPECT_EQ(midi.hanging_notes, 0) << kind;
      EXPECT_FALSE(midi.score.notes.empty()) << kind;
      EXPECT_LE(report.pieces[0].measured["bars"].get<int>(), 4) << kind;
    }
  }
}

TEST_F(Composing, GivesTheSameBytesForTheSameSeedAlone) {
  for (const char* kind : {"chorales", "folk", "piano"}) {
    static_cast<void>(compose(request(kind, "a.mid")));
    static_cast<void>(compose(request(kind, "b.mid")));
    ComposeRequest other = request(kind, "c.mid");
    other.options.seed = 7;
    static_cast<void>(compose(other));
    const auto bytes = [](const char* name) { return read_file(file(name), 1 << 20); };
    EXPECT_EQ(bytes("a.mid"), bytes("b.mid")) << kind;
    EXPECT_NE(bytes("a.mid"), bytes("c.mid")) << kind;
  }
}

TEST_F(Composing, HarmonisesAMelodyThatStaysAsItIs) {
  // Out of a soprano's range, and with a rest.
  music::Score given = melody({67, 69, 50, 86, 72, 72});
  given.notes.erase(given.notes.begin() + 1);
  write_file(file("given.mid"), music::write_midi(given));
  ComposeRequest asked = request("chorales");
  asked.options.bars = 0;
  asked.options.harmonise = file("given.mid").string();
  static_cast<void>(compose(asked));
  const music::Score score = music::in_ticks(written().score, given.ticks_per_quarter);
  std::vector<music::Note> soprano;
  for (const music::Note& note : score.notes) {
    if (score.voices[static_cast<std::size_t>(note.voice)].name == "Soprano") {
      soprano.push_back(note);
      soprano.back().voice = 0;
    }
  }
  EXPECT_EQ(soprano, given.notes);
}

TEST_F(Composing, GoesOnBehindAPrimerThatStaysAsItIs) {
  for (const char* kind : {"folk", "piano"}) {
    const music::Score given = melody({67, 69, 71, 74, 72, 71, 69, 66});
    write_file(file("given.mid"), music::write_midi(given));
    ComposeRequest asked = request(kind);
    asked.options.primer = file("given.mid").string();
    const ComposeReport report = compose(asked);
    const music::Score score = music::in_ticks(written().score, given.ticks_per_quarter);
    ASSERT_GE(score.notes.size(), given.notes.size()) << kind;
    for (std::size_t i = 0; i < given.notes.size(); ++i) {
      EXPECT_EQ(score.notes[i].start, given.notes[i].start) << kind;
      EXPECT_EQ(score.notes[i].pitch, given.notes[i].pitch) << kind;
    }
  }
}

TEST_F(Composing, GoesOnBehindFourVoices) {
  music::Chorale given;
  given.steps.resize(20);
  for (std::size_t i = 0; i < given.steps.size(); ++i) {
    given.steps[i].pitch = i < 10 ? std::array{72, 67, 64, 36} : std::array{71, 67, 62, 43};
    given.steps[i].struck.fill(i % 10 == 0);
  }
  write_file(file("given.mid"), music::write_midi(music::to_score(given)));
  ComposeRequest asked = request("chorales");
  asked.options.primer = file("given.mid").string();
  static_cast<void>(compose(asked));
  const music::Chorale made = music::to_chorale(written().score);
  ASSERT_EQ(made.steps.size(), 64U);
  EXPECT_TRUE(std::equal(given.steps.begin(), given.steps.end(), made.steps.begin()));
  asked.options.bars = 1;
  EXPECT_THAT(refusal(asked), testing::HasSubstr("--bars"));
}

TEST_F(Composing, NumbersSeveralAndRefusesWhatDoesNotFit) {
  ComposeRequest two = request("folk", "tune.mid");
  two.options.count = 2;
  EXPECT_EQ(compose(two).pieces[1].outputs[0], file("tune-2.mid"));
  EXPECT_TRUE(fs::exists(file("tune-1.mid")));
  ComposeRequest other = request("folk");
  other.options.model = file("piano/model.safetensors").string();
  EXPECT_THAT(refusal(other), testing::HasSubstr("no model of folk"));
  EXPECT_THAT(refusal(request("folk", "out.xyz")), testing::HasSubstr(".musicxml"));
  ComposeRequest harmonise = request("folk");
  harmonise.options.harmonise = "a.mid";
  EXPECT_THAT(refusal(harmonise), testing::HasSubstr("--kind chorales"));
  ComposeRequest mode = request("chorales");
  mode.options.key = "D dorian";
  EXPECT_THAT(refusal(mode), testing::HasSubstr("major or minor"));
  ComposeRequest primer = request("chorales");
  write_file(file("given.mid"), music::write_midi(melody({60, 62})));
  primer.options.primer = file("given.mid").string();
  EXPECT_THAT(refusal(primer), testing::HasSubstr("four voices"));
  write_file(file("broken.mid"), "MThd....");
  primer.options.primer = file("broken.mid").string();
  EXPECT_THAT(refusal(primer), testing::HasSubstr("broken.mid"));
}

TEST(GivenMusic, ReadsKeysAndMetres) {
  EXPECT_EQ(key_option("G"), (music::Key{1, music::Mode::major}));
  EXPECT_EQ(key_option("F#m"), (music::Key{3, music::Mode::minor}));
  EXPECT_EQ(key_option("Bb major"), (music::Key{-2, music::Mode::major}));
  EXPECT_EQ(key_option("d dorian"), (music::Key{0, music::Mode::dorian}));
  EXPECT_FALSE(key_option(""));
  for (const char* text : {"H", "G?", "Gmm", "#", "G  minor"}) {
    EXPECT_THROW(static_cast<void>(key_option(text)), Error) << text;
  }
  EXPECT_EQ(metre_option("6/8").beats, 6);
  for (const char* text : {"3", "0/4", "3/5", "17/4", "3/4x", "/4", "-3/4"}) {
    EXPECT_THROW(static_cast<void>(metre_option(text)), Error) << text;
  }
}

TEST(GivenMusic, RefusesNotesOffTheGrid) {
  music::Score score = melody({60, 62});
  EXPECT_EQ(on_grid(score, 4, "a.mid").notes.size(), 2U);
  score.notes[1].start += 7;
  EXPECT_THROW(static_cast<void>(on_grid(score, 4, "a.mid")), Error);
}

}  // namespace
}  // namespace atelier::jobs
