// SPDX-License-Identifier: Apache-2.0
// Measures models of music and what they compose, and prints JSON; docs/music.md has the figures.
//
//   atelier_music_bench loss MODEL KIND MUSIC TRANSPOSE [PART]
//     nats a token and a note of what training holds out, or of a part of the chorales, beside what
//     learns the others, moved by up to TRANSPOSE semitones as the model's recipe says: n-grams
//     with Kneser-Ney smoothing and `xz -9`, which is shown what is learned from first.
//   atelier_music_bench pieces FOLDER
//     rules and cadences of a folder's MIDI files.
//   atelier_music_bench bach CHORALES.json PART
//     the same of real chorales.
//   atelier_music_bench markov CHORALES.json COUNT
//     the same of the first-order Markov chain.
//   atelier_music_bench melodies CHORALES.json PART COUNT FOLDER
//     sopranos as MIDI files, to be harmonised.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "../xz.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "atelier/music/chorale_markov.hpp"
#include "atelier/music/chorale_tokens.hpp"
#include "atelier/music/midi.hpp"
#include "atelier/music/report.hpp"
#include "atelier/sequence/pen.hpp"
#include "atelier/sequence/text_model.hpp"
#include "jobs/music/training_pieces.hpp"
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

/// Pieces that a model learned from and others; of chorales, a part of their JSON where one is
/// named.
sequence::EventPieces pieces_of(const jobs::MusicKind& kind, const std::string& path, int transpose,
                                const std::string& part) {
  constexpr double held_out = 0.05;
  sequence::EventPieces pieces = jobs::training_pieces(kind, path, held_out, transpose);
  if (part.empty()) return pieces;
  pieces.held_out.clear();
  for (const Chorale& chorale : part_of(path, part)) {
    pieces.held_out.push_back(jobs::events_of(music::encode(chorale)));
  }
  return pieces;
}

/// One after the other, with an end behind each.
std::vector<Token> in_a_row(const std::vector<std::vector<Token>>& pieces) {
  std::vector<Token> tokens;
  for (const std::vector<Token>& piece : pieces) {
    tokens.insert(tokens.end(), piece.begin(), piece.end());
    tokens.push_back(sequence::Tokenizer::end);
  }
  return tokens;
}

/// Two bytes a token.
std::string bytes_of(const std::vector<Token>& tokens) {
  return {reinterpret_cast<const char*>(tokens.data()), tokens.size() * sizeof(Token)};
}

/// -log p of every token of a piece, its end among them, in nats.
double nats_of(sequence::Decoder& decoder, const sequence::TextModel& model,
               const std::vector<Token>& piece) {
  sequence::Pen pen(decoder, model.beginning());
  double nats = 0;
  for (const Token token : in_a_row({piece})) {
    nats += pen.surprise(token);
    pen.append(token);
  }
  return nats;
}

nlohmann::json loss(const std::string& file, const std::string& kind_name, const std::string& path,
                    int transpose, const std::string& part) {
  constexpr std::size_t most_of_long_grams = 4'000'000;  // tokens, for memory
  const jobs::MusicKind& kind = jobs::music_kind(kind_name);
  const sequence::EventPieces pieces = pieces_of(kind, path, transpose, part);
  const std::vector<Token> learned = in_a_row(pieces.trained), judged = in_a_row(pieces.held_out);
  const auto notes = std::count_if(judged.begin(), judged.end(), [&](Token token) {
    return kind.strikes_note(jobs::id_of(token));
  });
  const auto told = [&](double nats) {
    return nlohmann::json{{"nats_per_token", nats / static_cast<double>(judged.size())},
                          {"nats_per_note", nats / static_cast<double>(notes)}};
  };
  const auto model = sequence::TextModel::load(file);
  const auto decoder = model.decoder();
  double nats = 0;
  for (const std::vector<Token>& piece : pieces.held_out) nats += nats_of(*decoder, model, piece);
  nlohmann::json result{{"tokens", judged.size()}, {"notes", notes}, {"model", told(nats)}};
  for (const int order : {5, 8}) {
    if (order > 5 && learned.size() > most_of_long_grams) continue;
    const sequence::KneserNey control(learned, pieces.vocabulary, order);
    result[fmt::format("{}_gram", order)] =
        told(control.nats_per_token(judged) * static_cast<double>(judged.size()));
  }
  result["xz"] =
      told(bench::packed_behind(bytes_of(learned), bytes_of(judged)) * 8 * std::numbers::ln2);
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
  if (what == "loss" && (words.size() == 5 || words.size() == 6)) {
    return loss(words[1], words[2], words[3], std::stoi(words[4]),
                words.size() == 6 ? words[5] : "");
  }
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
