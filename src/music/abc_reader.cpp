// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/timing.hpp"
#include "music/abc_fields.hpp"
#include "music/abc_voice.hpp"

namespace atelier::music {
namespace {

using Kind = AbcElement::Kind;

constexpr int most_voices = 32;
constexpr std::size_t longest_title = 200;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

/// A field's text, up to a remark; "\\%" and "\\&" are the signs themselves.
std::string field_text(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size() && text[i] != '%'; ++i) {
    const bool escaped =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '%' || text[i + 1] == '&');
    result += text[escaped ? ++i : i];
  }
  return result;
}

/// Adds a change if it is one; a later one at the same time takes the place of an earlier.
template <class Change>
void put(std::vector<Change>& changes, Change change) {
  if (!changes.empty() && changes.back().at == change.at) changes.pop_back();
  if (!changes.empty()) {
    Change again = changes.back();
    again.at = change.at;
    if (again == change) return;
  }
  changes.push_back(std::move(change));
}

/// Elements in their playing order become notes.
class Performance {
 public:
  Performance(Score& score, int voice, Key key, Metre metre)
      : score_(score), voice_(voice), key_(key), metre_(metre) {}

  void play(const std::vector<AbcElement>& elements, const std::vector<std::size_t>& order,
            const std::string& name) {
    // What holds at an element is what was written before it, however it was reached.
    std::vector<Key> keys(elements.size());
    std::vector<Metre> metres(elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].kind == Kind::key) key_ = elements[i].key;
      if (elements[i].kind == Kind::metre) metre_ = elements[i].metre;
      keys[i] = key_;
      metres[i] = metre_;
    }
    for (const std::size_t i : order) {
      if (voice_ == 0) hold(keys[i], metres[i]);
      element(elements[i]);
      if (now_ > max_tick)
        fail(ErrorKind::bad_input, "{} lasts longer than {} quarters.", name,
             max_tick / abc_ticks_per_quarter);
    }
    score_.length = std::max(score_.length, now_);
  }

 private:
  void hold(Key key, Metre metre) {
    put(score_.keys, KeyChange{now_, key});
    put(score_.metres, Metre{now_, metre.beats, metre.unit});
  }

  void element(const AbcElement& element) {
    if (element.kind == Kind::bar && voice_ == 0 && element.line &&
        (score_.bars.empty() || score_.bars.back() < now_))
      score_.bars.push_back(now_);
    if (element.kind == Kind::tempo && voice_ == 0)
      put(score_.tempi, Tempo{now_, element.tempo.microseconds_per_quarter});
    if (element.kind == Kind::chord && voice_ == 0) {
      if (!score_.chords.empty() && score_.chords.back().at == now_) score_.chords.pop_back();
      score_.chords.push_back({now_, element.text});
    }
    if (element.kind == Kind::sound) sound(element);
  }

  void sound(const AbcElement& element) {
    std::map<int, std::size_t> tied;
    for (const int pitch : element.pitches) {
      std::size_t place = score_.notes.size();
      if (const auto found = tied_.find(pitch); found != tied_.end()) {
        place = found->second;
        score_.notes[place].length += element.length;
      } else {
        score_.notes.push_back({now_, voice_, pitch, element.length, 80});
      }
      if (element.tied) tied[pitch] = place;
    }
    tied_ = std::move(tied);
    now_ += element.length;
  }

  Score& score_;
  int voice_;
  Key key_;
  Metre metre_;
  Tick now_ = 0;
  std::map<int, std::size_t> tied_;  ///< notes that the next sound goes on with, by pitch
};

/// Joins two neighbouring bars that a repeat sign made of one.
void join_bars(Score& score) {
  std::vector<Tick> bars;
  if (score.bars.empty() || score.bars.front() > 0) bars.push_back(0);
  for (const Tick bar : score.bars) {
    if (bar < score.length) bars.push_back(bar);
  }
  std::vector<Tick> joined{0};
  for (std::size_t i = 1; i < bars.size(); ++i) {
    const Tick full = bar_length(metre_at(score, joined.back()), score.ticks_per_quarter);
    const Tick end = i + 1 < bars.size() ? bars[i + 1] : score.length;
    const Tick before = bars[i] - joined.back(), after = end - bars[i];
    if (before < full && after < full && before + after == full) continue;
    joined.push_back(bars[i]);
  }
  score.bars = std::move(joined);
}

class TuneReader {
 public:
  explicit TuneReader(std::string_view text) : text_(text) {}

  Score read() {
    int number = 0;
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      line(trimmed(text_.substr(begin, end - begin)), ++number);
      begin = end + 1;
    }
    if (!key_)
      fail(ErrorKind::bad_input, "{} has no K: field, where its music would begin.", name());
    score_.ticks_per_quarter = abc_ticks_per_quarter;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      AbcVoice* voice = order_[place];
      if (!voice->sounds()) continue;
      const int index = static_cast<int>(score_.voices.size());
      Performance performance(score_, index, *key_, metre_.value_or(Metre{}));
      performance.play(voice->elements(), playing_order(voice->elements(), parts_, name()), name());
      score_.voices.push_back({names_[place], 0, false});
    }
    if (score_.notes.empty()) fail(ErrorKind::bad_input, "{} has no notes.", name());
    if (score_.voices.size() == 1) score_.voices[0].name.clear();
    if (tempo_ && (score_.tempi.empty() || score_.tempi.front().at > 0))
      score_.tempi.insert(score_.tempi.begin(), *tempo_);
    join_bars(score_);
    tidy(score_);
    return std::move(score_);
  }

 private:
  [[nodiscard]] std::string name() const {
    return fmt::format("the tune {}", number_.empty() ? std::string("without a number") : number_);
  }

  void line(std::string_view text, int number) {
    if (text.empty() || text[0] == '%') return;
    const bool field = text.size() > 1 && text[1] == ':' &&
                       std::isalpha(static_cast<unsigned char>(text[0])) &&
                       (text.size() == 2 || (text[2] != '|' && text[2] != ':'));
    if (field) {
      const std::string value = field_text(text.substr(2));
      if (key_)
        body_field(text[0], trimmed(value));
      else
        head_field(text[0], trimmed(value));
    } else if (key_) {
      voice().line(text, number);
    }
  }

  void head_field(char letter, std::string_view value) {
    if (letter == 'X') number_ = value.substr(0, 20);
    if (letter == 'T' && score_.title.empty()) score_.title = value.substr(0, longest_title);
    if (letter == 'M') metre_ = parse_abc_metre(value);
    if (letter == 'L') unit_ = parse_abc_length(value);
    if (letter == 'P') parts_ = value;
    if (letter == 'Q') tempo_text_ = value;
    if (letter != 'K') return;
    key_ = parse_abc_key(value);
    if (!key_) fail(ErrorKind::bad_input, "{} has a key that is none: {}.", name(), value);
    if (!unit_) {
      // The standard's rule: a sixteenth where a bar is shorter than three quarters.
      const bool short_bar = metre_ && 4 * metre_->beats < 3 * metre_->unit;
      unit_ = Tick{abc_ticks_per_quarter} / (short_bar ? 4 : 2);
    }
    tempo_ = parse_abc_tempo(tempo_text_, *unit_);
  }

  void body_field(char letter, std::string_view value) {
    if (letter == 'V') {
      current_ = value.substr(0, std::min<std::size_t>(value.find_first_of(" \t"), 40));
      static_cast<void>(voice());
    } else if (std::string_view("KMLQP").find(letter) != std::string_view::npos) {
      voice().field(letter, value);
    }
  }

  AbcVoice& voice() {
    const auto found = voices_.find(current_);
    if (found != voices_.end()) return found->second;
    if (voices_.size() == most_voices)
      fail(ErrorKind::bad_input, "{} has more than {} voices.", name(), most_voices);
    AbcVoice& made = voices_.try_emplace(current_, name(), *key_, metre_.value_or(Metre{}), *unit_)
                         .first->second;
    order_.push_back(&made);
    names_.push_back(current_);
    return made;
  }

  std::string_view text_;
  Score score_;
  std::string number_, parts_, tempo_text_;
  std::optional<Metre> metre_;
  std::optional<Tick> unit_;
  std::optional<Key> key_;
  std::optional<Tempo> tempo_;
  std::map<std::string, AbcVoice> voices_;
  std::vector<AbcVoice*> order_;  ///< as they first came
  std::vector<std::string> names_;
  std::string current_ = "1";
};

}  // namespace

std::vector<std::string_view> abc_tunes(std::string_view text) {
  if (text.size() > max_abc_bytes)
    fail(ErrorKind::bad_input, "the text has {} bytes; at most {} are read.", text.size(),
         max_abc_bytes);
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 2) == "X:") begins.push_back(at);
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  if (begins.empty())
    fail(ErrorKind::bad_input, "the text holds no ABC tune: no line begins with X:.");
  begins.push_back(text.size());
  std::vector<std::string_view> tunes;
  for (std::size_t i = 0; i + 1 < begins.size(); ++i)
    tunes.push_back(text.substr(begins[i], begins[i + 1] - begins[i]));
  return tunes;
}

Score read_abc(std::string_view tune) {
  if (tune.size() > max_abc_bytes)
    fail(ErrorKind::bad_input, "the tune has {} bytes; at most {} are read.", tune.size(),
         max_abc_bytes);
  return TuneReader(tune).read();
}

}  // namespace atelier::music
