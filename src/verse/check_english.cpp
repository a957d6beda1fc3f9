// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/verse/check.hpp"
#include "verse/english_plan.hpp"
#include "verse/english_text.hpp"

namespace atelier::verse {
namespace {

using nlohmann::ordered_json;
using Keys = std::set<std::uint64_t>;

/// A line's words with all their readings.
struct Line {
  std::vector<std::string> words;
  std::vector<std::vector<Reading>> readings;
};

/// A line read in measures: whether it can be, and by which readings its last word then rhymes.
/// Where it cannot be, the word rhymes by all of them.
struct Scan {
  bool fits = false;
  std::vector<Reading> last;
};

Scan scan(const Line& line, Places measures, const EnglishPlan& plan) {
  Places at = plan.begins(measures);
  for (std::size_t i = 0; i + 1 < line.readings.size(); ++i) {
    Places after = 0;
    for (const Reading& reading : line.readings[i]) after |= plan.after(at, reading.shape);
    at = after;
  }
  Scan result;
  std::ranges::copy_if(line.readings.back(), std::back_inserter(result.last),
                       [&](const Reading& reading) {
                         return (plan.after(at, reading.shape) & plan.ends(measures)) != 0;
                       });
  result.fits = !result.last.empty();
  if (!result.fits) result.last = line.readings.back();
  return result;
}

/// The rhyme of one letter of the scheme, as far as lines were seen.
struct Rhymed {
  int line = 0;                    ///< the last that keeps it
  Keys keys;                       ///< that all share
  std::set<std::string> words;     ///< that were used
  std::set<std::uint64_t> sounds;  ///< and how these may sound

  /// Whether a line keeps the rhyme; if so it belongs to it.
  bool take(int number, const std::string& word, const Scan& read, const EnglishPlan& plan) {
    Keys shared;
    for (const Reading& reading : read.last) {
      if (sounds.contains(reading.sound)) continue;
      for (const std::uint64_t key : plan.keys(reading)) {
        if (words.empty() || keys.contains(key)) shared.insert(key);
      }
    }
    if (shared.empty() || !words.insert(word).second) return false;
    keys = std::move(shared);
    for (const Reading& reading : read.last) sounds.insert(reading.sound);
    line = number;
    return true;
  }
};

/// How a poem stands with one variant of its form.
struct Standing {
  const Variant* variant = nullptr;
  std::vector<int> misfits;  ///< lines
  int asked = 0;
  std::vector<std::pair<int, int>> unrhymed_pairs;

  [[nodiscard]] std::size_t missed() const { return misfits.size() + unrhymed_pairs.size(); }
};

Standing standing_of(const std::vector<Line>& lines, const Variant& variant,
                     const EnglishPlan& plan) {
  Standing standing;
  standing.variant = &variant;
  std::map<int, Rhymed> letters;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PlannedLine& planned = variant.lines[i];
    const int number = static_cast<int>(i);
    const Scan read = scan(lines[i], planned.measures, plan);
    if (!read.fits) standing.misfits.push_back(number);
    if (planned.letter == unrhymed) continue;
    const std::string& word = lines[i].words.back();
    Rhymed& rhyme = letters[planned.letter];
    const bool first = rhyme.words.empty();
    const int before = rhyme.line;
    if (!first) ++standing.asked;
    if (!rhyme.take(number, word, read, plan) && !first) {
      standing.unrhymed_pairs.emplace_back(before, number);
    }
  }
  return standing;
}

/// The fewest and the most syllables that a line can have.
ordered_json syllables_json(const std::vector<Line>& lines) {
  ordered_json all = ordered_json::array();
  for (const Line& line : lines) {
    int least = 0, most = 0;
    for (const std::vector<Reading>& readings : line.readings) {
      const auto [few, many] = std::ranges::minmax(
          readings, {}, [](const Reading& reading) { return reading.shape.syllables; });
      least += few.shape.syllables;
      most += many.shape.syllables;
    }
    all.push_back({least, most});
  }
  return all;
}

ordered_json metre_json(const std::vector<Line>& lines, const Standing& standing,
                        const EnglishPlan& plan) {
  ordered_json faults = ordered_json::array();
  for (const int line : standing.misfits) faults.push_back(line + 1);
  return {{"asked", lines.size()},
          {"right", lines.size() - standing.misfits.size()},
          {"stresses", plan.metre()},
          {"faults", faults},
          {"syllables", syllables_json(lines)},
          {"kept", standing.misfits.empty()}};
}

ordered_json rhyme_json(const Standing& standing) {
  ordered_json faults = ordered_json::array();
  for (const auto& [one, other] : standing.unrhymed_pairs) faults.push_back({one + 1, other + 1});
  return {{"asked", standing.asked},
          {"right", standing.asked - static_cast<int>(standing.unrhymed_pairs.size())},
          {"faults", faults},
          {"kept", standing.unrhymed_pairs.empty()}};
}

ordered_json acrostic_json(const std::vector<Line>& lines, const std::string& asked) {
  std::string found;
  for (const Line& line : lines) {
    if (found.size() < asked.size()) found.push_back(line.words.front().front());
  }
  return {{"asked", asked}, {"found", found}, {"kept", found == asked}};
}

}  // namespace

ordered_json check_english(std::string_view poem, const Form& form, const VerseOptions& options,
                           const EnglishSounds& sounds) {
  const EnglishPlan plan(form, options);
  std::vector<Line> lines;
  std::set<std::string> unknown;
  for (auto& words :
       lines_of_words(poem, [&](const std::string& word) { return sounds.knows(word); })) {
    Line line;
    for (const std::string& word : words) {
      line.readings.push_back(sounds.readings(word));
      if (!sounds.knows(word)) unknown.insert(word);
    }
    line.words = std::move(words);
    lines.push_back(std::move(line));
  }
  const int count = static_cast<int>(lines.size());
  ordered_json report{{"form", form.name}};
  bool kept = count >= plan.least_lines() && count <= plan.most_lines();
  report["lines"] = {{"asked", plan.most_lines()}, {"found", count}, {"kept", kept}};
  if (kept) {
    Standing best;
    for (const Variant& variant : plan.variants()) {
      Standing standing = standing_of(lines, variant, plan);
      if (!best.variant || standing.missed() < best.missed()) best = std::move(standing);
    }
    report["scheme"] = best.variant->scheme;
    report["metre"] = metre_json(lines, best, plan);
    kept = best.misfits.empty();
    if (plan.rhyme()) {
      report["rhyme"] = rhyme_json(best);
      kept = kept && best.unrhymed_pairs.empty();
    }
  }
  if (!plan.acrostic().empty()) {
    report["acrostic"] = acrostic_json(lines, plan.acrostic());
    kept = kept && report["acrostic"]["kept"].get<bool>();
  }
  report["unknown"] = unknown;
  report["kept"] = kept;
  return report;
}

}  // namespace atelier::verse
