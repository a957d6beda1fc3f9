// SPDX-License-Identifier: Apache-2.0
#include "music/abc_voice.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/timing.hpp"
#include "music/abc_fields.hpp"

namespace atelier::music {
namespace {

constexpr Tick longest = Tick{400} * abc_ticks_per_quarter;  // 100 wholes
constexpr int most_in_chord = 32;
constexpr std::size_t longest_text = 64;

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

AbcVoice::AbcVoice(std::string name, Key key, Metre metre, Tick unit)
    : name_(std::move(name)), key_(key), metre_(metre), unit_(unit) {}

void AbcVoice::refuse(std::string_view why) const {
  fail(ErrorKind::bad_input, "{}, line {}: {}.", name_, line_, why);
}

void AbcVoice::add(AbcElement element) {
  if (elements_.size() >= max_tune_events)
    fail(ErrorKind::bad_input, "{} has more than {} notes and bars.", name_, max_tune_events);
  elements_.push_back(std::move(element));
}

void AbcVoice::field(char letter, std::string_view text) {
  AbcElement element;
  if (letter == 'K') {
    const auto key = parse_abc_key(text);
    if (!key) return;
    key_ = *key;
    element.kind = AbcElement::Kind::key;
    element.key = key_;
  } else if (letter == 'M') {
    const auto metre = parse_abc_metre(text);
    if (!metre) return;
    metre_ = *metre;
    element.kind = AbcElement::Kind::metre;
    element.metre = metre_;
  } else if (letter == 'Q') {
    const auto tempo = parse_abc_tempo(text, unit_);
    if (!tempo) return;
    element.kind = AbcElement::Kind::tempo;
    element.tempo = *tempo;
  } else if (letter == 'P') {
    element.kind = AbcElement::Kind::part;
    element.text = text.substr(0, longest_text);
  } else {
    if (letter == 'L') unit_ = parse_abc_length(text).value_or(unit_);
    return;
  }
  add(std::move(element));
}

void AbcVoice::line(std::string_view text, int number) {
  text_ = text;
  at_ = 0;
  line_ = number;
  while (at_ < text_.size()) token();
}

void AbcVoice::token() {
  const char c = peek();
  if (c == '|' || c == ':') return bar();
  if (c == '[') return bracket();
  if (is_note(at_)) {
    last_alters_.clear();
    const int pitch = note();
    return sound({pitch}, length_of(unit_));
  }
  if (c == 'Z') return bars_of_rest();
  ++at_;
  switch (c) {
    case 'z':
    case 'x':
      last_alters_.clear();
      return sound({}, length_of(unit_));
    case '"':
      return quoted();
    case '(':
      return tuplet();
    case '{':
      return grace();
    case '!':
    case '+':
      return decoration(c);
    case '>':
    case '<':
      return broken();
    case '-':
      if (last_sound_ >= 0) {
        elements_[static_cast<std::size_t>(last_sound_)].tied = true;
        tied_alters_ = last_alters_;
      }
      return;
    case 'y':
      static_cast<void>(length_of(unit_));  // room on paper
      return;
    case '&':
      refuse("an overlay (&) is not read; write it as a voice of its own");
    case '%':
      at_ = text_.size();
      return;
    default:
      return;  // blanks, slurs, decorations of one letter, what means nothing
  }
}

bool AbcVoice::is_note(std::size_t at) const {
  while (at < text_.size() && (text_[at] == '^' || text_[at] == '_' || text_[at] == '=')) ++at;
  if (at >= text_.size()) return false;
  const char letter = text_[at];
  return (letter >= 'A' && letter <= 'G') || (letter >= 'a' && letter <= 'g');
}

int AbcVoice::note() {
  int alter = 0;
  bool signs = false;
  for (;; ++at_) {
    const char c = peek();
    if (c != '^' && c != '_' && c != '=') break;
    alter += c == '^' ? 1 : c == '_' ? -1 : 0;
    signs = true;
  }
  const char letter = peek();
  ++at_;
  constexpr std::string_view letters = "CDEFGAB";
  const int step = static_cast<int>(
      letters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(letter)))));
  int octave = letter >= 'a' ? 5 : 4;
  for (; peek() == '\'' || peek() == ','; ++at_) octave += peek() == ',' ? -1 : 1;
  octave = std::clamp(octave, -3, 12);
  const int place = 7 * octave + step;
  if (signs) {
    if (alter < -2 || alter > 2) refuse("a note has more than two signs");
    bar_alters_[step] = alter;
  } else if (const auto tied = tied_alters_.find(place); tied != tied_alters_.end()) {
    alter = tied->second;
  } else if (const auto held = bar_alters_.find(step); held != bar_alters_.end()) {
    alter = held->second;
  } else {
    alter = signature_alter(key_, step);
  }
  last_alters_[place] = alter;
  const int pitch = pitch_of({step, alter, octave});
  if (pitch < 0 || pitch > 127) refuse("a note lies beyond MIDI's 0..127");
  return pitch;
}

int AbcVoice::number(int otherwise) {
  if (!is_digit(peek())) return otherwise;
  int value = 0;
  for (; is_digit(peek()); ++at_) value = std::min(value * 10 + (peek() - '0'), 100'000);
  return value;
}

/// "3/2", "/", "//", "/4" after a note: so many units.
Tick AbcVoice::length_of(Tick unit) {
  Tick above = number(1), below = 1;
  while (peek() == '/' && below <= 100'000) {
    ++at_;
    below *= number(2);
  }
  if (above < 1 || below < 1 || unit * above / below > longest)
    refuse("a length is nothing or above 100 wholes");
  if (unit * above % below != 0) refuse("a length lies on no grid of notes and tuplets");
  return unit * above / below;
}

void AbcVoice::sound(std::vector<int> pitches, Tick length) {
  Tick times = next_times_, over = next_over_;
  next_times_ = next_over_ = 1;
  if (tuplet_left_ > 0) {
    times *= tuplet_times_;
    over *= tuplet_over_;
    --tuplet_left_;
  }
  if (length * times % over != 0) refuse("a length lies on no grid of notes and tuplets");
  AbcElement element;
  element.length = length * times / over;
  std::sort(pitches.begin(), pitches.end());
  pitches.erase(std::unique(pitches.begin(), pitches.end()), pitches.end());
  element.pitches = std::move(pitches);
  add(std::move(element));
  tied_alters_.clear();
  last_sound_ = std::ssize(elements_) - 1;
  sounds_ = true;
}

/// a>b lengthens what stands before by half of what it takes from the next; >> by three quarters.
void AbcVoice::broken() {
  const char sign = text_[at_ - 1];
  Tick parts = 2;
  while (peek() == sign && parts < 8) {
    ++at_;
    parts *= 2;
  }
  if (last_sound_ < 0) return;
  Tick& length = elements_[static_cast<std::size_t>(last_sound_)].length;
  const Tick longer = 2 * parts - 1, shorter = 1;
  const Tick times = sign == '>' ? longer : shorter;
  if (length * times % parts != 0) refuse("a broken rhythm lies on no grid of notes");
  length = length * times / parts;
  next_times_ = sign == '>' ? shorter : longer;
  next_over_ = parts;
}

void AbcVoice::tuplet() {
  if (!is_digit(peek())) return;  // a slur
  const int p = number(0);
  const bool compound = metre_.beats % 3 == 0 && metre_.beats > 3;
  const int by_metre = compound ? 3 : 2;
  int q = p == 3 || p == 6 ? 2 : p == 2 || p == 4 || p == 8 ? 3 : by_metre;
  int r = p;
  if (peek() == ':') {
    ++at_;
    q = number(q);
    if (peek() == ':') {
      ++at_;
      r = number(r);
    }
  }
  if (p < 2 || p > 9 || q < 1 || q > 16 || r < 1 || r > 999)
    refuse("a tuplet is not of 2 to 9 notes in the time of 1 to 16");
  tuplet_left_ = r;
  tuplet_times_ = q;
  tuplet_over_ = p;
}

void AbcVoice::quoted() {
  const std::size_t end = text_.find('"', at_);
  if (end == std::string_view::npos) refuse("a chord symbol's quotation mark is not closed");
  std::string_view words = text_.substr(at_, end - at_);
  at_ = end + 1;
  const auto first = words.find_first_not_of(' ');
  if (first == std::string_view::npos) return;
  words = words.substr(first, words.find_last_not_of(' ') + 1 - first);
  if (std::string_view("^_<>@").find(words[0]) != std::string_view::npos) return;  // a remark
  AbcElement element;
  element.kind = AbcElement::Kind::chord;
  element.text = words.substr(0, longest_text);
  add(std::move(element));
}

/// !trill! and the older +trill+; a sign alone means nothing.
void AbcVoice::decoration(char close) {
  std::size_t end = at_;
  while (end < text_.size() && (is_letter(text_[end]) || text_[end] == '.')) ++end;
  if (end > at_ && end < text_.size() && text_[end] == close) at_ = end + 1;
}

void AbcVoice::grace() {
  const std::size_t end = text_.find('}', at_);
  if (end == std::string_view::npos) refuse("grace notes are not closed by }");
  at_ = end + 1;
}

void AbcVoice::bars_of_rest() {
  ++at_;
  const int bars = number(1);
  const Tick bar = bar_length(metre_, abc_ticks_per_quarter);
  if (bars < 1 || bars * bar > longest) refuse("a rest of bars lasts nothing or above 100 wholes");
  for (int i = 0; i < bars; ++i) {
    if (i > 0) {
      AbcElement line;
      line.kind = AbcElement::Kind::bar;
      add(std::move(line));
    }
    sound({}, bar);
  }
}

void AbcVoice::bracket() {
  if (peek(1) == '|') return bar();
  if (is_digit(peek(1))) {
    ++at_;
    return ending();
  }
  if (is_letter(peek(1)) && peek(2) == ':') {
    const std::size_t end = text_.find(']', at_);
    if (end == std::string_view::npos) refuse("a field in brackets is not closed");
    field(peek(1), text_.substr(at_ + 3, end - at_ - 3));
    at_ = end + 1;
    return;
  }
  ++at_;
  chord();
}

void AbcVoice::chord() {
  std::vector<int> pitches;
  Tick length = 0;
  last_alters_.clear();
  bool ties = false;
  for (;;) {
    if (at_ >= text_.size()) refuse("a chord is not closed by ]");
    const char c = peek();
    if (c == ']') break;
    if (is_note(at_)) {
      pitches.push_back(note());
      const Tick own = length_of(unit_);
      if (length == 0) length = own;
      if (std::ssize(pitches) > most_in_chord) refuse("a chord has more than 32 notes");
    } else {
      if (c == '-') ties = true;
      ++at_;
    }
  }
  ++at_;
  if (pitches.empty()) return;
  sound(std::move(pitches), length_of(length));
  if (ties) {
    elements_.back().tied = true;
    tied_alters_ = last_alters_;
  }
}

void AbcVoice::ending() {
  AbcElement element;
  element.kind = AbcElement::Kind::ending;
  while (is_digit(peek())) {
    const int first = number(0);
    int last = first;
    if (peek() == '-' && is_digit(peek(1))) {
      ++at_;
      last = number(first);
    }
    if (first < 1 || last > 9 || first > last) refuse("an ending is not numbered from 1 to 9");
    for (int n = first; n <= last; ++n) element.rounds |= 1U << n;
    if (peek() != ',' || !is_digit(peek(1))) break;
    ++at_;
  }
  add(std::move(element));
}

void AbcVoice::new_bar() {
  bar_alters_.clear();
  last_alters_.clear();
}

/// Takes "|", "||", "|]", "[|", "|:", ":|", "::" and what is made of them.
void AbcVoice::bar() {
  AbcElement element;
  element.kind = AbcElement::Kind::bar;
  int lines = 0, colons = 0;
  bool thick = false;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == ':') {
      ++colons;
    } else if (c == '|') {
      if (lines == 0) element.ends = colons;
      colons = 0;
      ++lines;
    } else if ((c == '[' && peek(1) == '|') || (c == ']' && at_ > 0 && text_[at_ - 1] == '|')) {
      thick = true;
    } else {
      break;
    }
  }
  if (lines == 0) {
    if (colons < 2) return;  // a colon alone means nothing
    element.ends = element.begins = colons / 2;
    element.line = false;
  } else {
    element.begins = colons;
  }
  element.ends = std::min(element.ends, 8);
  element.begins = std::min(element.begins, 8);
  element.section = thick || lines > 1;
  add(element);
  new_bar();
  if (is_digit(peek())) ending();
}

}  // namespace atelier::music
