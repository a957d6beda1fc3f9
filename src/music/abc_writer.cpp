// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <vector>

#include "atelier/music/abc.hpp"
#include "atelier/music/timing.hpp"
#include "music/abc_fields.hpp"
#include "music/notation.hpp"

namespace atelier::music {
namespace {

constexpr int unit = 16;  // 128ths of L:1/8
constexpr int bars_in_line = 4;

/// One line, without what ABC would take for its own.
std::string plain(const std::string& text, std::string_view not_allowed) {
  std::string result;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20;
    result += control || not_allowed.find(c) != std::string_view::npos ? ' ' : c;
  }
  return result;
}

/// A title as a field: a remark's sign is escaped.
std::string title_text(const std::string& title) {
  std::string result;
  for (const char c : plain(title, "\\"))
    result += c == '%' ? std::string("\\%") : std::string(1, c);
  return result;
}

std::string length_text(int written) {
  const int common = std::gcd(written, unit);
  const int above = written / common, below = unit / common;
  std::string text = above == 1 ? "" : std::to_string(above);
  if (below > 1) text += fmt::format("/{}", below);
  return text;
}

std::string metre_text(Metre metre) {
  return fmt::format("{}/{}", metre.beats, metre.unit);
}

std::string tempo_text(Tempo tempo) {
  return fmt::format("1/4={}", std::clamp((60'000'000 + tempo.microseconds_per_quarter / 2) /
                                              tempo.microseconds_per_quarter,
                                          4, 2000));
}

/// Changes in order; next(at) is the one that begins at a time, once.
template <class Change>
class Changes {
 public:
  explicit Changes(const std::vector<Change>& changes) : changes_(changes) {}
  const Change* next(Tick at) {
    while (place_ < changes_.size() && changes_[place_].at < at) ++place_;
    return place_ < changes_.size() && changes_[place_].at == at ? &changes_[place_++] : nullptr;
  }

 private:
  const std::vector<Change>& changes_;
  std::size_t place_ = 0;
};

/// Whether most of its notes lie below middle C.
bool is_low(const Layer& layer) {
  int balance = 0;
  for (const NotatedBar& bar : layer) {
    for (const Sign& sign : bar.signs) {
      for (const int pitch : sign.pitches) balance += pitch < 60 ? 1 : -1;
    }
  }
  return balance > 0;
}

class LayerWriter {
 public:
  /// `leads`: it carries what holds for all voices: tempi and chord symbols.
  LayerWriter(const Score& score, bool leads)
      : score_(score),
        leads_(leads),
        keys_(score.keys),
        metres_(score.metres),
        tempi_(score.tempi),
        chords_(score.chords) {}

  std::string write(const Layer& layer) {
    int count = 0;
    for (const NotatedBar& bar : layer) {
      if (count > 0) out_ += count % bars_in_line == 0 ? "|\n" : "|";
      ++count;
      by_step_.clear();
      by_place_.clear();
      for (std::size_t i = 0, tuplet_end = 0; i < bar.signs.size(); ++i) {
        changes(bar.signs[i].start);
        if (i >= tuplet_end) {
          const std::size_t signs = tuplet_signs(bar, i);
          if (signs > 0)
            out_ +=
                fmt::format("({}:{}:{}", bar.signs[i].tuplet, time_of(bar.signs[i].tuplet), signs);
          tuplet_end = i + std::max<std::size_t>(signs, 1);
        }
        sign(bar.signs[i]);
        if (ends_beat(bar, bar.signs[i], count == 1)) out_ += ' ';
      }
    }
    changes(score_.length);
    return out_ + "|]\n";
  }

 private:
  void changes(Tick at) {
    if (const KeyChange* change = keys_.next(at)) {
      key_ = change->key;
      if (at > 0) out_ += fmt::format("[K:{}]", abc_key(key_));
    }
    if (const Metre* metre = metres_.next(at); metre && at > 0)
      out_ += fmt::format("[M:{}]", metre_text(*metre));
    if (!leads_) return;
    if (const Tempo* tempo = tempi_.next(at); tempo && at > 0)
      out_ += fmt::format("[Q:{}]", tempo_text(*tempo));
    if (const ChordSymbol* chord = chords_.next(at))
      out_ += fmt::format("\"{}\"", plain(chord->text, "\"%\\"));
  }

  /// Notes that no blank parts are beamed together: those of a beat, which three eighths are where
  /// the metre says so. A pickup's beats are counted from its end.
  [[nodiscard]] bool ends_beat(const NotatedBar& bar, const Sign& sign, bool pickup) const {
    const Metre metre = metre_at(score_, bar.start);
    const bool compound = metre.unit >= 8 && metre.beats % 3 == 0;
    const Tick beat = compound ? bar_length({0, 3, metre.unit}, score_.ticks_per_quarter)
                               : Tick{score_.ticks_per_quarter};
    const Tick end = sign.start + ticks_of(sign);
    return (pickup ? bar.end - end : end - bar.start) % beat == 0;
  }

  void sign(const Sign& sign) {
    if (sign.pitches.empty()) out_ += 'z';
    if (sign.pitches.size() > 1) out_ += '[';
    for (const int pitch : sign.pitches) note(pitch);
    if (sign.pitches.size() > 1) out_ += ']';
    out_ += length_text(sign.written());
    if (sign.tied_to) out_ += '-';
  }

  void note(int pitch) {
    const Spelling spelling = spell(pitch, key_);
    const int place = 7 * spelling.octave + spelling.step;
    const int otherwise = signature_alter(key_, spelling.step);
    // Some readers let a sign hold in its octave only.
    const auto held = [otherwise](const std::map<int, int>& signs, int at) {
      const auto found = signs.find(at);
      return found == signs.end() ? otherwise : found->second;
    };
    if (held(by_step_, spelling.step) != spelling.alter ||
        held(by_place_, place) != spelling.alter) {
      constexpr const char* signs[] = {"__", "_", "=", "^", "^^"};
      out_ += signs[spelling.alter + 2];
      by_step_[spelling.step] = by_place_[place] = spelling.alter;
    }
    const char letter = "CDEFGAB"[spelling.step];
    const bool small = spelling.octave >= 5;
    out_ += small ? static_cast<char>(letter - 'A' + 'a') : letter;
    for (int octave = spelling.octave; octave > 5; --octave) out_ += '\'';
    for (int octave = spelling.octave; octave < 4; ++octave) out_ += ',';
  }

  const Score& score_;
  bool leads_;
  Key key_;
  Changes<KeyChange> keys_;
  Changes<Metre> metres_;
  Changes<Tempo> tempi_;
  Changes<ChordSymbol> chords_;
  std::map<int, int> by_step_, by_place_;
  std::string out_;
};

}  // namespace

std::string write_abc(const Score& given) {
  const Score score = for_notation(given);
  std::string out = fmt::format("X:1\nT:{}\nM:{}\nL:1/8\n", title_text(score.title),
                                metre_text(metre_at(score, 0)));
  if (!score.tempi.empty() && score.tempi.front().at == 0)
    out += fmt::format("Q:{}\n", tempo_text(score.tempi.front()));
  out += fmt::format("K:{}\n", abc_key(key_at(score, 0)));
  std::vector<Layer> layers;
  for (int voice = 0; voice < std::max<int>(static_cast<int>(score.voices.size()), 1); ++voice) {
    std::vector<Layer> more = notate(score, voice);
    std::move(more.begin(), more.end(), std::back_inserter(layers));
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers.size() > 1)
      out += fmt::format("V:{}{}\n", i + 1, is_low(layers[i]) ? " clef=bass" : "");
    out += LayerWriter(score, i == 0).write(layers[i]);
  }
  return out;
}

}  // namespace atelier::music
