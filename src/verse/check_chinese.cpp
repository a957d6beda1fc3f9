// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/check.hpp"
#include "verse/chinese_rules.hpp"
#include "verse/chinese_text.hpp"
#include "verse/poem_text.hpp"

namespace atelier::verse {
namespace {

using nlohmann::ordered_json;

struct Verse {
  std::vector<std::u32string> lines;
  const ChineseSounds& sounds;
  const ChineseRules& rules;
};

struct Fault {
  int line, place;
  char asked;
};

struct LineTones {
  int asked = 0;
  std::vector<Fault> faults;
};

/// A line's tones by the pattern of a type that it keeps best.
LineTones line_tones(const Verse& verse, std::size_t type, int line) {
  const std::u32string& text = verse.lines[static_cast<std::size_t>(line)];
  LineTones best;
  for (std::size_t way = 2 * type; way < 2 * type + 2; ++way) {
    if (!verse.rules.ways(line).test(way)) continue;
    LineTones tried;
    for (int place = 0; place < static_cast<int>(text.size()); ++place) {
      const char asked = verse.rules.wanted(way, line, place);
      const Tones tones = verse.sounds.of(text[static_cast<std::size_t>(place)]).tones;
      tried.asked += asked == '*' ? 0 : 1;
      if (!fits(tones, asked)) tried.faults.push_back({line, place, asked});
    }
    if (way == 2 * type || tried.faults.size() < best.faults.size()) best = std::move(tried);
  }
  return best;
}

/// How a poem stands with one type.
struct Standing {
  std::size_t type = 0;
  int asked_tones = 0, asked_rhymes = 0, rhymes = 0;
  std::vector<Fault> faults;
  std::u32string repeated;

  [[nodiscard]] int missed() const {
    return static_cast<int>(faults.size() + repeated.size()) + asked_rhymes - rhymes;
  }
};

void check_rhymes(const Verse& verse, Standing& standing) {
  const std::size_t first = regulated_types()[standing.type].first_line_rhymes ? 1 : 0;
  std::array<int, most_groups> counts{};
  std::u32string seen;
  for (std::size_t line = 0; line < verse.lines.size(); ++line) {
    if (!verse.rules.rhymes(static_cast<int>(line), first)) continue;
    const char32_t c = verse.lines[line].back();
    const Groups groups = verse.sounds.of(c).groups;
    for (std::size_t g = 0; g < most_groups; ++g) counts[g] += groups.test(g) ? 1 : 0;
    if (holds(seen, c)) standing.repeated.push_back(c);
    seen.push_back(c);
    ++standing.asked_rhymes;
  }
  standing.rhymes = *std::ranges::max_element(counts);
}

Standing standing_of(const Verse& verse, std::size_t type) {
  Standing standing;
  standing.type = type;
  for (int line = 0; line < static_cast<int>(verse.lines.size()); ++line) {
    if (!verse.rules.metre()) break;
    const LineTones tones = line_tones(verse, type, line);
    standing.asked_tones += tones.asked;
    standing.faults.insert(standing.faults.end(), tones.faults.begin(), tones.faults.end());
  }
  check_rhymes(verse, standing);
  return standing;
}

Standing best_standing(const Verse& verse) {
  Standing best;
  bool first = true;
  for (std::size_t type = 0; type < regulated_types().size(); ++type) {
    if ((verse.rules.ways(0).to_ulong() >> (2 * type) & 3U) == 0) continue;
    Standing standing = standing_of(verse, type);
    if (first || standing.missed() < best.missed()) best = std::move(standing);
    first = false;
  }
  return best;
}

ordered_json tones_json(const Verse& verse, const Standing& standing) {
  ordered_json faults = ordered_json::array();
  for (const Fault& fault : standing.faults) {
    const char32_t c =
        verse.lines[static_cast<std::size_t>(fault.line)][static_cast<std::size_t>(fault.place)];
    faults.push_back({{"line", fault.line + 1},
                      {"place", fault.place + 1},
                      {"character", to_utf8({&c, 1})},
                      {"asked", fault.asked == 'p' ? "level" : "oblique"}});
  }
  const int wrong = static_cast<int>(standing.faults.size());
  return {{"asked", standing.asked_tones},
          {"right", standing.asked_tones - wrong},
          {"faults", faults},
          {"kept", wrong == 0}};
}

ordered_json rhyme_json(const Standing& standing) {
  return {{"asked", standing.asked_rhymes},
          {"right", standing.rhymes},
          {"repeated", to_utf8(standing.repeated)},
          {"kept", standing.rhymes == standing.asked_rhymes && standing.repeated.empty()}};
}

ordered_json acrostic_json(const Verse& verse) {
  std::u32string found;
  for (const std::u32string& line : verse.lines) {
    if (found.size() < verse.rules.acrostic().size()) found.push_back(line.front());
  }
  return {{"asked", to_utf8(verse.rules.acrostic())},
          {"found", to_utf8(found)},
          {"kept", found == verse.rules.acrostic()}};
}

}  // namespace

ordered_json check_chinese(std::string_view poem, const Form& form, const VerseOptions& options,
                           const ChineseSounds& sounds) {
  const ChineseRules rules(form, options);
  const Verse verse{lines_of_verse(poem_from_utf8(poem)), sounds, rules};
  const int count = static_cast<int>(verse.lines.size());
  ordered_json report{{"form", form.name}};
  const bool lines = count >= rules.least_lines() && count <= rules.most_lines();
  report["lines"] = {{"asked", rules.most_lines()}, {"found", count}, {"kept", lines}};
  ordered_json lengths = ordered_json::array();
  bool even = true;
  for (const std::u32string& line : verse.lines) {
    lengths.push_back(line.size());
    const auto size = static_cast<int>(line.size());
    even = even && (rules.is_free() ? size <= most_free_length : size == rules.length());
  }
  const int asked = rules.is_free() ? most_free_length : rules.length();
  report["lengths"] = {{"asked", asked}, {"found", lengths}, {"kept", even}};
  bool kept = lines && even;
  // Tones and rhymes have their places only in a poem of the right shape.
  if (kept && !rules.is_free()) {
    const Standing standing = best_standing(verse);
    if (rules.metre()) {
      report["type"] = rules.type_name(standing.type);
      report["tones"] = tones_json(verse, standing);
      kept = kept && report["tones"]["kept"].get<bool>();
    }
    if (rules.rhyme()) {
      report["rhyme"] = rhyme_json(standing);
      kept = kept && report["rhyme"]["kept"].get<bool>();
    }
  }
  if (!rules.acrostic().empty()) {
    report["acrostic"] = acrostic_json(verse);
    kept = kept && report["acrostic"]["kept"].get<bool>();
  }
  report["kept"] = kept;
  return report;
}

}  // namespace atelier::verse
