// SPDX-License-Identifier: Apache-2.0
// Measures models of chorales and what they compose:
//   atelier_music_bench loss MODEL CHORALES.json PART    nats a token and a note, beside a 5-gram
//   atelier_music_bench pieces FOLDER                    rules and cadences of a folder's MIDI
//   files atelier_music_bench bach CHORALES.json PART          the same of real chorales
//   atelier_music_bench markov CHORALES.json COUNT       the same of the first-order Markov chain
//   atelier_music_bench melodies CHORALES.json PART COUNT FOLDER   sopranos as MIDI files
// Figures are printed as JSON; docs/music.md has those of the last run.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "atelier/music/chorale_markov.hpp"
#include "atelier/music/chorale_tokens.hpp"
#include "atelier/music/midi.hpp"
#include "atelier/music/report.hpp"
#include "atelier/sequence/pen.hpp"
#include "atelier/sequence/text_model.hpp"
#include "sequence/kneser_ney.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;
using music::Chorale;
using sequence::Token;

std::vector<Chorale> part_of(const std::string& path, const std::string& part) {
  const auto sets = music::read_chorales(read_file(path, music::max_chorale_bytes));
  const auto found = sets.find(part);
  if (found == sets.end()) fail(ErrorKind::bad_input, "{} has no part '{}'.", path, part);
  return found->second;
}

/// As training has them (src/jobs/music/kinds.hpp): ids less one, an end behind each piece.
std::vector<Token> tokens_of(const Chorale& chorale) {
  std::vector<Token> tokens;
  for (const int id : music::encode(chorale)) {
    if (id >= music::Vocabulary::end) tokens.push_back(static_cast<Token>(id - 1));
  }
  return tokens;
}

/// -log p of every token of a piece, its end among them, in nats.
double nats_of(sequence::Decoder& decoder, const sequence::TextModel& model,
               const std::vector<Token>& tokens) {
  sequence::Pen pen(decoder, model.beginning());
  double nats = 0;
  for (const Token token : tokens) {
    nats += pen.surprise(token);
    pen.append(token);
  }
  return nats;
}

nlohmann::json loss(const std::string& file, const std::string& path, const std::string& part) {
  const auto model = sequence::TextModel::load(file);
  const auto decoder = model.decoder();
  double nats = 0;
  std::vector<Token> all;
  std::size_t notes = 0;
  for (const Chorale& chorale : part_of(path, part)) {
    const std::vector<Token> tokens = tokens_of(chorale);
    nats += nats_of(*decoder, model, tokens);
    all.insert(all.end(), tokens.begin(), tokens.end());
    notes += music::to_score(chorale).notes.size();
  }
  // The control learns in all keys, as models do.
  std::vector<Token> learned;
  const std::vector<Chorale> trained = part_of(path, "train");
  const auto spans = music::voice_spans(trained);
  for (const Chorale& chorale : trained) {
    for (const int semitones : music::transpositions(chorale, spans)) {
      const auto tokens = tokens_of(music::transposed(chorale, semitones));
      learned.insert(learned.end(), tokens.begin(), tokens.end());
    }
  }
  const auto count = static_cast<double>(all.size());
  nlohmann::json result{{"tokens", all.size()},
                        {"notes", notes},
                        {"nats_per_token", nats / count},
                        {"nats_per_note", nats / static_cast<double>(notes)}};
  for (const int order : {5, 8}) {
    const sequence::KneserNey control(learned, decoder->vocabulary(), order);
    const double of_control = control.nats_per_token(all);
    result[fmt::format("{}_gram", order)] = {
        {"nats_per_token", of_control},
        {"nats_per_note", of_control * count / static_cast<double>(notes)}};
  }
  return result;
}

nlohmann::json pieces(const fs::path& folder) {
  std::vector<Chorale> chorales;
  std::int64_t hanging = 0;
  for (const fs::path& file : files_in(folder).files) {
    if (file.extension() != ".mid") continue;
    const music::MidiFile midi =
        music::read_midi(read_file(file, music::max_midi_bytes), file.string());
    hanging += midi.hanging_notes;
    chorales.push_back(music::to_chorale(midi.score));
  }
  nlohmann::json result = music::report(chorales);
  result["hanging_notes"] = hanging;
  return result;
}

nlohmann::json markov(const std::string& path, int count) {
  const music::ChoraleMarkov chain(part_of(path, "train"));
  std::vector<Chorale> chorales;
  for (int seed = 0; seed < count; ++seed) {
    chorales.push_back(chain.compose(static_cast<std::uint64_t>(seed)));
  }
  return music::report(chorales);
}

nlohmann::json melodies(const std::string& path, const std::string& part, int count,
                        const fs::path& folder) {
  const std::vector<Chorale> chorales = part_of(path, part);
  for (int i = 0; i < count && i < std::ssize(chorales); ++i) {
    const music::Score score = music::to_score(chorales[static_cast<std::size_t>(i)]);
    write_file(folder / fmt::format("{}.mid", i), music::write_midi(music::only_voice(score, 0)));
  }
  return {{"written", std::min<std::size_t>(static_cast<std::size_t>(count), chorales.size())}};
}

nlohmann::json figures(const std::vector<std::string>& words) {
  const std::string what = words.empty() ? "" : words[0];
  if (what == "loss" && words.size() == 4) return loss(words[1], words[2], words[3]);
  if (what == "pieces" && words.size() == 2) return pieces(words[1]);
  if (what == "bach" && words.size() == 3) return music::report(part_of(words[1], words[2]));
  if (what == "markov" && words.size() == 3) return markov(words[1], std::stoi(words[2]));
  if (what == "melodies" && words.size() == 5) {
    return melodies(words[1], words[2], std::stoi(words[3]), words[4]);
  }
  fail(ErrorKind::invalid_argument, "figures.cpp says at its top how this is run.");
}

}  // namespace
}  // namespace atelier

int main(int count, char** words) {
  try {
    fmt::print("{}\n", atelier::figures({words + 1, words + count}).dump(2));
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
