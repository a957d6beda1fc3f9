// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/learn_sounds.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "verse/rhyme_groups.hpp"
#include "verse/tone_shares.hpp"

namespace atelier::verse {
namespace {

constexpr double clearly = 0.85;  // share of one tone from which a character has that alone
constexpr double evidence = 8;    // places, from which a character may have both
constexpr int least_lines = 4;

/// Poems of an even number of lines, all of five or all of seven characters.
std::vector<VerseLines> even_verse(const std::vector<Poem>& poems) {
  std::vector<VerseLines> kept;
  for (const Poem& poem : poems) {
    if (poem.lines.size() < least_lines || poem.lines.size() % 2 != 0) continue;
    VerseLines lines;
    for (const std::string& line : poem.lines) lines.push_back(from_utf8(line, "a line of verse"));
    const std::size_t length = lines.front().size();
    const bool even = std::ranges::all_of(lines, [&](const auto& l) { return l.size() == length; });
    if (even && (length == 5 || length == 7)) kept.push_back(std::move(lines));
  }
  return kept;
}

}  // namespace

nlohmann::ordered_json learn_sounds(const std::vector<Poem>& poems) {
  const std::vector<VerseLines> verse = even_verse(poems);
  if (verse.empty()) {
    fail(ErrorKind::invalid_argument,
         "none of the {} poems has an even number of lines of five or seven characters; sounds are "
         "learned from some thousands of them.",
         poems.size());
  }
  const std::map<char32_t, ToneShare> shares = tone_shares(verse);
  std::vector<std::pair<char32_t, ToneShare>> sorted(shares.begin(), shares.end());
  std::ranges::stable_sort(sorted, [](const auto& x, const auto& y) {
    return x.second.occurrences > y.second.occurrences;
  });
  std::u32string level, oblique, either;
  for (const auto& [c, share] : sorted) {
    if (share.evidence == 0) continue;  // only ever where tones are free
    const bool one = share.level >= clearly || share.level <= 1 - clearly;
    if (!one && share.evidence >= evidence) {
      either.push_back(c);
    } else {
      (share.level >= 0.5 ? level : oblique).push_back(c);
    }
  }
  nlohmann::ordered_json table;
  table["level"] = to_utf8(level);
  table["oblique"] = to_utf8(oblique);
  table["either"] = to_utf8(either);
  table["rhymes"] = nlohmann::ordered_json::array();
  for (const std::u32string& group : rhyme_groups(verse)) table["rhymes"].push_back(to_utf8(group));
  return table;
}

}  // namespace atelier::verse
