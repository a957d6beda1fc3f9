// SPDX-License-Identifier: Apache-2.0
#include "verse/english_line.hpp"

#include <algorithm>

namespace atelier::verse {
namespace {

/// Fills in what the lines share that the need must rhyme with.
void look_back(Need& need, const EnglishPlan& plan, const EnglishLexicon& lexicon,
               const std::vector<LineEnd>& ended) {
  std::set<std::uint64_t> shared;
  for (std::size_t i = 0; i < need.uses_before.size(); ++i) {
    const LineEnd& end = ended[static_cast<std::size_t>(need.uses_before[i])];
    const std::set<std::uint64_t> keys = end.keys(plan, need);
    need.used.insert(end.word);
    for (const LineEnd::Said& way : end.said) {
      if ((way.places & need.ends) != 0) need.sounds.insert(way.reading.sound);
    }
    if (i == 0) {
      shared = keys;
    } else {
      std::erase_if(shared, [&](std::uint64_t key) { return !keys.contains(key); });
    }
  }
  for (const std::uint64_t key : shared) {
    need.keys[key] =
        lexicon.supply(key, need.measures) - lexicon.used_up(need.sounds, key, need.measures);
  }
}

}  // namespace

std::set<std::uint64_t> LineEnd::keys(const EnglishPlan& plan, const Need& need) const {
  std::set<std::uint64_t> all;
  for (const Said& way : said) {
    if ((way.places & need.ends) == 0 || need.sounds.contains(way.reading.sound)) continue;
    for (const std::uint64_t key : plan.keys(way.reading)) all.insert(key);
  }
  return all;
}

std::vector<Need> needs_of_line(const EnglishPlan& plan, const EnglishLexicon& lexicon,
                                const std::vector<LineEnd>& ended, std::uint32_t viable) {
  std::vector<Need> needs;
  const int line = static_cast<int>(ended.size());
  for (std::size_t v = 0; v < plan.variants().size(); ++v) {
    if ((viable >> v & 1U) == 0) continue;
    const Variant& variant = plan.variants()[v];
    const PlannedLine& planned = variant.lines[ended.size()];
    Need need;
    need.variants = std::uint32_t{1} << v;
    need.measures = planned.measures;
    need.ends = plan.ends(planned.measures);
    need.rhymed = planned.letter != unrhymed;
    need.uses_after = EnglishPlan::uses_after(variant, line);
    need.uses_before = EnglishPlan::uses_before(variant, line);
    const auto known = std::ranges::find_if(needs, [&](const Need& other) {
      return other.measures == need.measures && other.rhymed == need.rhymed &&
             other.uses_after == need.uses_after && other.uses_before == need.uses_before;
    });
    if (known != needs.end()) {
      known->variants |= need.variants;
    } else {
      look_back(need, plan, lexicon, ended);
      needs.push_back(std::move(need));
    }
  }
  return needs;
}

bool meets(const Need& need, const EnglishPlan& plan, const EnglishLexicon& lexicon,
           const std::string& word, const Reading& reading, Places places) {
  if ((places & need.ends) == 0) return false;
  if (!need.rhymed) return true;
  if (need.used.contains(word) || need.sounds.contains(reading.sound)) return false;
  // Of the words left, one is this line's and the others are for the lines to come.
  return std::ranges::any_of(plan.keys(reading), [&](std::uint64_t key) {
    if (need.uses_before.empty()) return lexicon.supply(key, need.measures) > need.uses_after;
    const auto left = need.keys.find(key);
    return left != need.keys.end() && (need.uses_after == 0 || left->second > need.uses_after);
  });
}

Places can_go_on(const std::vector<Need>& needs, const EnglishPlan& plan,
                 const EnglishLexicon& lexicon) {
  Places begin = 0;
  for (const Need& need : needs) {
    if (need.uses_before.empty()) {
      const int least = need.uses_after > 0 ? need.uses_after + 1 : 0;
      begin |= lexicon.last_words_begin(need.measures, least);
      continue;
    }
    for (const auto& [key, left] : need.keys) {
      for (const int index : lexicon.rhymes(key)) {
        if (!lexicon.word(index).follows) continue;
        for (const Reading& reading : lexicon.word(index).readings) {
          const Places from = plan.fits(reading.shape) & (need.ends >> reading.shape.syllables);
          if ((from & ~begin) == 0) continue;
          if (meets(need, plan, lexicon, lexicon.spelling(index), reading, need.ends))
            begin |= from;
        }
      }
    }
  }
  return plan.filled_to(begin);
}

}  // namespace atelier::verse
