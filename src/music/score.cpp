// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/score.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "atelier/base/error.hpp"
#include "music/chord_text.hpp"

namespace atelier::music {
namespace {

template <class Change>
void check_order(const std::vector<Change>& changes, const char* what) {
  Tick last = -1;
  for (const Change& change : changes) {
    if (change.at <= last || change.at > max_tick) {
      fail(ErrorKind::invalid_argument,
           "a {} at tick {} is out of order or beyond {}; sort them, one for a time.", what,
           change.at, max_tick);
    }
    last = change.at;
  }
}

void check_note(const Score& score, const Note& note) {
  if (note.start < 0 || note.length < 1 || note.start > max_tick - note.length ||
      note.start + note.length > score.length || note.pitch < 0 || note.pitch > 127 ||
      note.velocity < 1 || note.velocity > 127 || note.voice < 0 ||
      note.voice >= std::ssize(score.voices)) {
    fail(ErrorKind::invalid_argument,
         "a note of pitch {} at tick {} with length {}, velocity {} and voice {} does not fit a "
         "score of {} ticks and {} voices; pitches are 0..127, velocities 1..127.",
         note.pitch, note.start, note.length, note.velocity, note.voice, score.length,
         score.voices.size());
  }
}

}  // namespace

void tidy(Score& score) {
  for (Note& note : score.notes) note.length = std::max<Tick>(note.length, 1);
  std::sort(score.notes.begin(), score.notes.end());
  std::map<std::pair<int, int>, std::size_t> sounding;  // by voice and pitch
  std::vector<Note> kept;
  kept.reserve(score.notes.size());
  for (const Note& note : score.notes) {
    const auto [found, first] = sounding.try_emplace({note.voice, note.pitch}, kept.size());
    if (!first) {
      Note& before = kept[found->second];
      if (before.start == note.start) {
        before.length = std::max(before.length, note.length);
        before.velocity = std::max(before.velocity, note.velocity);
        continue;
      }
      before.length = std::min(before.length, note.start - before.start);
      found->second = kept.size();
    }
    kept.push_back(note);
  }
  score.notes = std::move(kept);
  for (const Note& note : score.notes)
    score.length = std::max(score.length, note.start + note.length);
}

void check(const Score& score) {
  if (score.ticks_per_quarter < 1 || score.ticks_per_quarter > 32767) {
    fail(ErrorKind::invalid_argument, "{} ticks to a quarter note are not within 1..32767.",
         score.ticks_per_quarter);
  }
  if (score.notes.size() > max_notes || score.voices.size() > max_voices) {
    fail(ErrorKind::invalid_argument, "a score of {} notes in {} voices passes {} in {}.",
         score.notes.size(), score.voices.size(), max_notes, max_voices);
  }
  for (const Voice& voice : score.voices) {
    if (voice.program < 0 || voice.program > 127) {
      fail(ErrorKind::invalid_argument, "instrument {} is not within 0..127.", voice.program);
    }
  }
  if (!std::is_sorted(score.notes.begin(), score.notes.end()))
    fail(ErrorKind::invalid_argument, "the notes are not sorted; use tidy().");
  std::map<std::pair<int, int>, Tick> ends;
  for (const Note& note : score.notes) {
    check_note(score, note);
    Tick& end = ends[{note.voice, note.pitch}];
    if (note.start < end) {
      fail(ErrorKind::invalid_argument,
           "pitch {} is struck at tick {} while it sounds; use tidy().", note.pitch, note.start);
    }
    end = note.start + note.length;
  }
  check_order(score.tempi, "tempo");
  check_order(score.metres, "metre");
  check_order(score.keys, "key");
  check_order(score.chords, "chord symbol");
  for (const Tempo& tempo : score.tempi) {
    if (tempo.microseconds_per_quarter < 1 || tempo.microseconds_per_quarter > 0xffffff)
      fail(ErrorKind::invalid_argument, "a quarter of {} microseconds is not within 1..16777215.",
           tempo.microseconds_per_quarter);
  }
  for (const Metre& metre : score.metres) {
    const bool power = metre.unit >= 1 && metre.unit <= 128 && (metre.unit & (metre.unit - 1)) == 0;
    if (metre.beats < 1 || metre.beats > 99 || !power)
      fail(ErrorKind::invalid_argument,
           "a metre of {}/{} is not written; beats are 1..99, their unit a power of two to 128.",
           metre.beats, metre.unit);
  }
  for (const KeyChange& change : score.keys) {
    if (change.key.fifths < -7 || change.key.fifths > 7)
      fail(ErrorKind::invalid_argument, "a key of {} signs is not within -7..7.",
           change.key.fifths);
  }
  if (!std::is_sorted(score.bars.begin(), score.bars.end(), std::less_equal<>()))
    fail(ErrorKind::invalid_argument, "the bars are not sorted.");
}

Score transposed(const Score& score, int semitones) {
  Score result = score;
  for (Note& note : result.notes) {
    if (score.voices[static_cast<std::size_t>(note.voice)].drums) continue;
    note.pitch += semitones;
    if (note.pitch < 0 || note.pitch > 127)
      fail(ErrorKind::invalid_argument,
           "{} semitones would bring pitch {} to {}, which is not within 0..127.", semitones,
           note.pitch - semitones, note.pitch);
  }
  std::sort(result.notes.begin(), result.notes.end());
  for (KeyChange& change : result.keys) change.key = transposed(change.key, semitones);
  for (ChordSymbol& chord : result.chords) {
    const auto after =
        std::upper_bound(result.keys.begin(), result.keys.end(), chord.at,
                         [](Tick at, const KeyChange& change) { return at < change.at; });
    const Key key = after == result.keys.begin() ? transposed(Key{}, semitones) : (after - 1)->key;
    chord.text = transposed_chord(chord.text, semitones, key);
  }
  return result;
}

Score in_ticks(const Score& score, int ticks_per_quarter) {
  if (ticks_per_quarter < 1 || ticks_per_quarter > 32767) {
    fail(ErrorKind::invalid_argument, "{} ticks to a quarter note are not within 1..32767.",
         ticks_per_quarter);
  }
  Score result = score;
  result.ticks_per_quarter = ticks_per_quarter;
  const Tick from = score.ticks_per_quarter;
  const auto moved = [&](Tick at) { return (2 * at * ticks_per_quarter + from) / (2 * from); };
  const auto move = [&](auto& changes) {
    for (auto& change : changes) change.at = moved(change.at);
    // Of several that meet, the last holds.
    const auto last_of_each =
        std::unique(changes.rbegin(), changes.rend(),
                    [](const auto& a, const auto& b) { return a.at == b.at; });
    changes.erase(changes.begin(), last_of_each.base());
  };
  result.length = moved(score.length);
  for (Note& note : result.notes) {
    const Tick end = moved(note.start + note.length);
    note.start = moved(note.start);
    note.length = end - note.start;
  }
  move(result.tempi);
  move(result.metres);
  move(result.keys);
  move(result.chords);
  for (Tick& bar : result.bars) bar = moved(bar);
  result.bars.erase(std::unique(result.bars.begin(), result.bars.end()), result.bars.end());
  tidy(result);
  return result;
}

Score only_voice(const Score& score, int voice) {
  if (voice < 0 || voice >= std::ssize(score.voices)) {
    fail(ErrorKind::invalid_argument, "there is no voice {}; the score has {}.", voice,
         score.voices.size());
  }
  Score result = score;
  result.voices = {score.voices[static_cast<std::size_t>(voice)]};
  std::erase_if(result.notes, [voice](const Note& note) { return note.voice != voice; });
  for (Note& note : result.notes) note.voice = 0;
  return result;
}

}  // namespace atelier::music
