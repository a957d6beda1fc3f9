// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/training_pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/chorale_tokens.hpp"
#include "atelier/music/folk_tokens.hpp"
#include "atelier/music/midi.hpp"
#include "atelier/music/piano_tokens.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using sequence::EventPieces;
using sequence::Token;
using Events = std::vector<Token>;
using OnWarning = std::function<void(const std::string&)>;

/// Files with one of these suffixes in a folder, or the one file that is named.
std::vector<fs::path> files_with(const fs::path& path, const std::vector<std::string>& suffixes) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files = files_in(path).files;
  std::erase_if(files, [&](const fs::path& file) {
    return std::find(suffixes.begin(), suffixes.end(), file.extension().string()) == suffixes.end();
  });
  return files;
}

EventPieces chorale_pieces(const fs::path& path, int transpose) {
  const auto sets = music::read_chorales(read_file(path, music::max_chorale_bytes));
  const auto set = [&](const char* name) -> const std::vector<music::Chorale>& {
    const auto found = sets.find(name);
    if (found == sets.end() || found->second.empty()) {
      fail(ErrorKind::bad_input, "{} has no chorales in its part '{}'.", path.string(), name);
    }
    return found->second;
  };
  EventPieces pieces;
  const auto spans = music::voice_spans(set("train"));
  for (const music::Chorale& chorale : set("train")) {
    for (const int semitones : music::transpositions(chorale, spans)) {
      if (std::abs(semitones) > transpose) continue;
      pieces.trained.push_back(events_of(music::encode(music::transposed(chorale, semitones))));
    }
  }
  for (const music::Chorale& chorale : set("valid")) {
    pieces.held_out.push_back(events_of(music::encode(chorale)));
  }
  return pieces;
}

std::vector<Events> folk_pieces(const fs::path& path, const OnWarning& on_warning) {
  std::vector<Events> pieces;
  for (const fs::path& file : files_with(path, {".abc"})) {
    const std::string text = read_file(file, music::max_abc_bytes);
    for (const std::string_view tune : music::abc_tunes(text)) {
      try {
        pieces.push_back(events_of(music::encode_folk(music::read_abc(tune))));
      } catch (const Error& error) {
        if (on_warning) on_warning(fmt::format("{}: {}", file.string(), error.what()));
      }
    }
  }
  return pieces;
}

std::vector<music::Score> piano_scores(const fs::path& path, const OnWarning& on_warning) {
  std::vector<music::Score> scores;
  for (const fs::path& file : files_with(path, {".mid", ".midi", ".MID"})) {
    try {
      scores.push_back(
          music::read_midi(read_file(file, music::max_midi_bytes), file.string()).score);
    } catch (const Error& error) {
      if (on_warning) on_warning(error.what());
    }
  }
  return scores;
}

bool is_held_out(const Events& events, double share) {
  return sequence::lot_of(
             {reinterpret_cast<const char*>(events.data()), events.size() * sizeof(Token)}) < share;
}

/// A performance in other keys, as far as every note stays on the keyboard.
void add_transposed(const music::Score& score, int transpose, std::vector<Events>& to) {
  int low = music::highest_piano_pitch, high = music::lowest_piano_pitch;
  for (const music::Note& note : score.notes) {
    low = std::min(low, note.pitch);
    high = std::max(high, note.pitch);
  }
  for (int semitones = -transpose; semitones <= transpose; ++semitones) {
    if (semitones != 0 && (low + semitones < music::lowest_piano_pitch ||
                           high + semitones > music::highest_piano_pitch)) {
      continue;
    }
    to.push_back(events_of(music::encode_piano(music::transposed(score, semitones))));
  }
}

EventPieces divided(const MusicKind& kind, const fs::path& path, double held_out, int transpose,
                    const OnWarning& on_warning) {
  EventPieces pieces;
  if (kind.name == "folk") {
    for (Events& tune : folk_pieces(path, on_warning)) {
      (is_held_out(tune, held_out) ? pieces.held_out : pieces.trained).push_back(std::move(tune));
    }
    return pieces;
  }
  for (const music::Score& score : piano_scores(path, on_warning)) {
    Events events = events_of(music::encode_piano(score));
    if (is_held_out(events, held_out)) {
      pieces.held_out.push_back(std::move(events));
    } else {
      add_transposed(score, transpose, pieces.trained);
    }
  }
  return pieces;
}

double notes_per_token(const MusicKind& kind, const std::vector<Events>& pieces) {
  std::size_t notes = 0, tokens = 0;
  for (const Events& piece : pieces) {
    tokens += piece.size() + 1;
    notes += static_cast<std::size_t>(std::count_if(
        piece.begin(), piece.end(), [&](Token event) { return kind.strikes_note(id_of(event)); }));
  }
  return static_cast<double>(notes) / static_cast<double>(tokens);
}

}  // namespace

EventPieces training_pieces(const MusicKind& kind, const fs::path& music, double held_out,
                            int transpose, const OnWarning& on_warning) {
  EventPieces pieces = kind.name == "chorales"
                           ? chorale_pieces(music, transpose)
                           : divided(kind, music, held_out, transpose, on_warning);
  pieces.vocabulary = event_count(kind.vocabulary);
  if (pieces.trained.empty() || pieces.held_out.empty()) {
    fail(ErrorKind::bad_input,
         "{} holds {} pieces of {} to learn from and {} to hold out; both need one.",
         music.string(), pieces.trained.size(), kind.name, pieces.held_out.size());
  }
  pieces.notes_per_token = notes_per_token(kind, pieces.held_out);
  return pieces;
}

}  // namespace atelier::jobs
