// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/music_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <vector>

#include "atelier/base/markup.hpp"
#include "atelier/music/abc.hpp"
#include "atelier/music/timing.hpp"
#include "music/notation.hpp"

namespace atelier::music {
namespace {

constexpr std::array mode_names{"major",      "dorian", "phrygian", "lydian",
                                "mixolydian", "minor",  "locrian"};
constexpr std::array sign_names{"128th",   "64th", "32nd",  "16th", "eighth",
                                "quarter", "half", "whole", "breve"};

/// The change at exactly this time; null when there is none.
template <class Change>
const Change* change_at(const std::vector<Change>& changes, Tick at) {
  const auto found =
      std::lower_bound(changes.begin(), changes.end(), at,
                       [](const Change& change, Tick tick) { return change.at < tick; });
  return found != changes.end() && found->at == at ? &*found : nullptr;
}

class PartWriter {
 public:
  PartWriter(const Score& score, int voice) : score_(score), voice_(voice) {}

  std::string write() {
    const std::vector<Layer> layers = notate(score_, voice_);
    add("<part id=\"P{}\">\n", voice_ + 1);
    const std::size_t bars = layers.front().size();
    for (std::size_t b = 0; b < bars; ++b) {
      const NotatedBar& bar = layers.front()[b];
      const Tick full = bar_length(metre_at(score_, bar.start), score_.ticks_per_quarter);
      const bool pickup = b == 0 && bars > 1 && bar.end - bar.start < full;
      add("<measure number=\"{}\"{}>\n", b + 1, pickup ? " implicit=\"yes\"" : "");
      for (std::size_t l = 0; l < layers.size(); ++l) {
        if (l > 0) add("<backup><duration>{}</duration></backup>\n", bar.end - bar.start);
        signs(layers[l][b], l);
      }
      add("</measure>\n");
    }
    add("</part>\n");
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void signs(const NotatedBar& bar, std::size_t layer) {
    std::size_t begins = 0, ends = 0;
    for (std::size_t i = 0; i < bar.signs.size(); ++i) {
      const Sign& sign = bar.signs[i];
      if (layer == 0) changes(sign.start);
      if (i >= ends) {
        begins = i;
        ends = i + std::max<std::size_t>(tuplet_signs(bar, i), 1);
      }
      note(sign, layer, sign.tuplet > 1 && i == begins, sign.tuplet > 1 && i + 1 == ends);
    }
  }

  void changes(Tick at) {
    const KeyChange* key = change_at(score_.keys, at);
    const Metre* metre = change_at(score_.metres, at);
    if (at == 0 || key || metre) {
      add("<attributes>");
      if (at == 0) add("<divisions>{}</divisions>", score_.ticks_per_quarter);
      if (at == 0 || key) {
        const Key now = key_at(score_, at);
        add("<key><fifths>{}</fifths><mode>{}</mode></key>", now.fifths,
            mode_names[static_cast<std::size_t>(now.mode)]);
      }
      if (at == 0 || metre) {
        const Metre now = metre_at(score_, at);
        add("<time><beats>{}</beats><beat-type>{}</beat-type></time>", now.beats, now.unit);
      }
      if (at == 0)
        add("{}", bass() ? "<clef><sign>F</sign><line>4</line></clef>"
                         : "<clef><sign>G</sign><line>2</line></clef>");
      add("</attributes>\n");
    }
    if (voice_ > 0) return;
    if (const Tempo* tempo = change_at(score_.tempi, at)) {
      const double quarters = 60e6 / tempo->microseconds_per_quarter;
      add("<direction placement=\"above\"><direction-type><metronome><beat-unit>quarter</beat-unit>"
          "<per-minute>{0:.4g}</per-minute></metronome></direction-type><sound tempo=\"{0:.4g}\"/>"
          "</direction>\n",
          quarters);
    }
    if (const ChordSymbol* chord = change_at(score_.chords, at)) {
      add("<direction placement=\"above\"><direction-type><words>{}</words></direction-type>"
          "</direction>\n",
          markup_text(chord->text));
    }
  }

  void note(const Sign& sign, std::size_t layer, bool tuplet_begins, bool tuplet_ends) {
    const std::size_t heads = std::max<std::size_t>(sign.pitches.size(), 1);
    for (std::size_t h = 0; h < heads; ++h) {
      add("<note>");
      if (h > 0) add("<chord/>");
      if (sign.pitches.empty()) {
        add("<rest/>");
      } else {
        const Spelling at = spell(sign.pitches[h], key_at(score_, sign.start));
        add("<pitch><step>{}</step>", "CDEFGAB"[at.step]);
        if (at.alter != 0) add("<alter>{}</alter>", at.alter);
        add("<octave>{}</octave></pitch>", at.octave);
      }
      add("<duration>{}</duration>", ticks_of(sign));
      if (sign.tied_from) add("<tie type=\"stop\"/>");
      if (sign.tied_to) add("<tie type=\"start\"/>");
      add("<voice>{}</voice><type>{}</type>", layer + 1,
          sign_names[std::bit_width(static_cast<unsigned>(sign.base)) - 1]);
      if (sign.dotted) add("<dot/>");
      if (sign.tuplet > 1)
        add("<time-modification><actual-notes>{}</actual-notes><normal-notes>{}</normal-notes>"
            "</time-modification>",
            sign.tuplet, time_of(sign.tuplet));
      if (sign.tied_from || sign.tied_to || (h == 0 && (tuplet_begins || tuplet_ends))) {
        add("<notations>");
        if (sign.tied_from) add("<tied type=\"stop\"/>");
        if (sign.tied_to) add("<tied type=\"start\"/>");
        if (h == 0 && tuplet_begins) add("<tuplet type=\"start\"/>");
        if (h == 0 && tuplet_ends) add("<tuplet type=\"stop\"/>");
        add("</notations>");
      }
      add("</note>\n");
    }
  }

  [[nodiscard]] bool bass() const {
    std::vector<int> pitches;
    for (const Note& note : score_.notes) {
      if (note.voice == voice_) pitches.push_back(note.pitch);
    }
    if (pitches.empty()) return false;
    const auto middle = pitches.begin() + std::ssize(pitches) / 2;
    std::nth_element(pitches.begin(), middle, pitches.end());
    return *middle < 60;
  }

  const Score& score_;
  int voice_;
  std::string out_;
};

}  // namespace

std::string write_music_xml(const Score& given) {
  Score score = for_notation(given);
  if (score.voices.empty()) score.voices.emplace_back();
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 4.0 Partwise//EN\" "
      "\"http://www.musicxml.org/dtds/partwise.dtd\">\n<score-partwise version=\"4.0\">\n";
  out += fmt::format("<work><work-title>{}</work-title></work>\n<part-list>\n",
                     markup_text(score.title));
  for (std::size_t v = 0; v < score.voices.size(); ++v) {
    const Voice& voice = score.voices[v];
    const std::string name = voice.name.empty() ? std::to_string(v + 1) : markup_text(voice.name);
    out += fmt::format(
        "<score-part id=\"P{0}\"><part-name>{1}</part-name><score-instrument id=\"I{0}\">"
        "<instrument-name>{1}</instrument-name></score-instrument><midi-instrument id=\"I{0}\">"
        "<midi-program>{2}</midi-program></midi-instrument></score-part>\n",
        v + 1, name, voice.program + 1);
  }
  out += "</part-list>\n";
  for (int v = 0; v < std::ssize(score.voices); ++v) out += PartWriter(score, v).write();
  return out + "</score-partwise>\n";
}

}  // namespace atelier::music
