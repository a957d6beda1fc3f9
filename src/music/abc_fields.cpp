// SPDX-License-Identifier: Apache-2.0
#include "music/abc_fields.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>

#include "atelier/music/abc.hpp"

namespace atelier::music {
namespace {

constexpr Tick whole = Tick{4} * abc_ticks_per_quarter;

struct Fraction {
  int above = 0, below = 1;
};

/// A number at the text's beginning, taken from it.
std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0 || value > 100'000) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<Fraction> take_fraction(std::string_view& text) {
  const auto above = take_number(text);
  if (!above || !text.starts_with('/')) return std::nullopt;
  text.remove_prefix(1);
  const auto below = take_number(text);
  if (!below || *below < 1) return std::nullopt;
  return Fraction{*above, *below};
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t')) text.remove_prefix(1);
}

std::optional<Mode> mode_named(std::string word) {
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  word.resize(std::min<std::size_t>(word.size(), 3));
  if (word == "m") word = "min";
  if (word == "aeo") word = "min";
  if (word == "ion") word = "maj";
  constexpr std::array names{"maj", "dor", "phr", "lyd", "mix", "min", "loc"};
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) return std::nullopt;
  return static_cast<Mode>(found - names.begin());
}

}  // namespace

std::optional<Key> parse_abc_key(std::string_view text) {
  skip_blanks(text);
  if (text.empty() || text.starts_with("none")) return Key{};
  // The great Highland bagpipe: music for it is written without signs (HP) or with two sharps (Hp).
  if (text.starts_with("HP")) return Key{0, Mode::mixolydian};
  if (text.starts_with("Hp")) return Key{2, Mode::mixolydian};
  constexpr std::string_view by_fifths = "FCGDAEB";
  const auto place = by_fifths.find(text[0]);
  if (place == std::string_view::npos) return std::nullopt;
  int fifths = static_cast<int>(place) - 1;
  text.remove_prefix(1);
  if (text.starts_with('#')) fifths += 7;
  if (text.starts_with('b')) fifths -= 7;
  if (text.starts_with('#') || text.starts_with('b')) text.remove_prefix(1);
  skip_blanks(text);
  std::string word;
  for (const char c : text) {
    if (!std::isalpha(static_cast<unsigned char>(c))) break;
    word += c;
  }
  const Mode mode = mode_named(word).value_or(Mode::major);
  constexpr std::array from_major{0, 2, 4, -1, 1, 3, 5};
  fifths -= from_major[static_cast<std::size_t>(mode)];
  if (fifths < -7 || fifths > 7) return std::nullopt;
  return Key{fifths, mode};
}

std::optional<Metre> parse_abc_metre(std::string_view text) {
  skip_blanks(text);
  if (text.starts_with("C|")) return Metre{0, 2, 2};
  if (text.starts_with('C')) return Metre{0, 4, 4};
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto [beats, unit] = *fraction;
  const bool power = (unit & (unit - 1)) == 0;
  if (beats < 1 || beats > 99 || unit > 128 || !power) return std::nullopt;
  return Metre{0, beats, unit};
}

std::optional<Tick> parse_abc_length(std::string_view text) {
  skip_blanks(text);
  if (text == "1") return whole;
  const auto fraction = take_fraction(text);
  if (!fraction || fraction->above < 1 || whole * fraction->above % fraction->below != 0)
    return std::nullopt;
  const Tick length = whole * fraction->above / fraction->below;
  if (length > 4 * whole) return std::nullopt;
  return length;
}

std::optional<Tempo> parse_abc_tempo(std::string_view text, Tick unit) {
  // Words in quotes say how, not how fast.
  std::string plain;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"')
      quoted = !quoted;
    else if (!quoted)
      plain += c;
  }
  std::string_view rest = plain;
  skip_blanks(rest);
  if (rest.starts_with("C=")) rest.remove_prefix(2);  // an old form: units of L:
  double beat = 0;                                    // in quarters; several beats are added
  while (const auto fraction = take_fraction(rest)) {
    beat += 4.0 * fraction->above / fraction->below;
    skip_blanks(rest);
  }
  if (beat == 0) {
    rest = plain;
    if (const auto equals = rest.find('='); equals != std::string_view::npos)
      rest.remove_prefix(equals + 1);
    beat = static_cast<double>(unit) / abc_ticks_per_quarter;
  } else if (rest.starts_with('=')) {
    rest.remove_prefix(1);
  }
  skip_blanks(rest);
  const auto beats_a_minute = take_number(rest);
  if (!beats_a_minute) return std::nullopt;
  const double quarters = beat * *beats_a_minute;
  if (quarters < 4 || quarters > 2000) return std::nullopt;
  return Tempo{0, static_cast<int>(60e6 / quarters + 0.5)};
}

std::string abc_key(Key key) {
  constexpr std::array suffixes{"", "dor", "phr", "lyd", "mix", "m", "loc"};
  const std::string name = name_of(key);
  return name.substr(0, name.find(' ')) + suffixes[static_cast<std::size_t>(key.mode)];
}

}  // namespace atelier::music
