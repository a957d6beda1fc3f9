// SPDX-License-Identifier: Apache-2.0
#include "sequence/names.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "atelier/base/utf8.hpp"

namespace atelier::sequence {
namespace {

constexpr std::u32string_view surnames =
    U"王李張张劉刘陳陈楊杨趙赵黃黄周吳吴徐孫孙胡朱高林何郭馬马羅罗梁宋鄭郑謝谢韓韩唐馮冯于董蕭萧程"
    U"曹袁鄧邓許许傅沈"
    U"曾彭呂吕蘇苏盧卢蔣蒋蔡賈贾丁魏薛葉叶閻阎余潘杜戴夏鍾钟汪田任姜范方石姚譚谭廖鄒邹熊金陸陆郝孔"
    U"白崔康毛邱秦江史"
    U"顧顾侯邵孟龍龙萬万段錢钱湯汤尹黎易武喬乔賀贺賴赖龔龚文諸诸莊庄柳耿甄";
constexpr std::u32string_view particles =
    U"之曰云者也以于於而其不人有為为乃則则與与及又且所即既已矣焉乎哉在自從从遂皆亦此是可無无未曾將"
    U"将";

bool is_upper(char32_t c) {
  return c >= U'A' && c <= U'Z';
}
bool is_lower(char32_t c) {
  return c >= U'a' && c <= U'z';
}
bool is_han(char32_t c) {
  return c >= 0x4E00 && c <= 0x9FFF;
}
bool has(std::u32string_view set, char32_t c) {
  return set.find(c) != set.npos;
}

struct Seen {
  int times = 0;
  bool within = false;  // a sentence
};
using Counts = std::map<std::u32string, Seen>;

Counts latin_names(const std::u32string& text) {
  Counts words;
  std::set<std::u32string> in_lower_case;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_upper(text[at]) && !is_lower(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_upper(text[end]) || is_lower(text[end]))) ++end;
    const std::u32string word = text.substr(at, end - at);
    if (is_lower(word.front())) {
      in_lower_case.insert(word);
    } else if (word.size() > 1 && is_lower(word[1])) {
      Seen& seen = words[word];
      ++seen.times;
      seen.within = seen.within || (at > 1 && text[at - 1] == U' ' &&
                                    (is_lower(text[at - 2]) || text[at - 2] == U','));
    }
    at = end;
  }
  std::erase_if(words, [&](const auto& word) {
    std::u32string lower = word.first;
    lower.front() += U'a' - U'A';
    return word.second.times < 2 || !word.second.within || in_lower_case.contains(lower);
  });
  return words;
}

Counts han_names(const std::u32string& text) {
  Counts names;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (!has(surnames, text[at])) continue;
    for (const std::size_t length : {2U, 3U}) {
      const std::u32string name = text.substr(at, length);
      const bool given = name.size() == length &&
                         std::all_of(name.begin() + 1, name.end(),
                                     [](char32_t c) { return is_han(c) && !has(particles, c); });
      if (given) ++names[name].times;
    }
  }
  std::erase_if(names, [](const auto& name) { return name.second.times < 3; });
  // Of a name and what it begins with, the one that is called in full more often than not.
  Counts kept = names;
  for (const auto& [name, seen] : names) {
    if (name.size() != 3) continue;
    const std::u32string shorter = name.substr(0, 2);
    const bool in_full = 2 * seen.times > names.at(shorter).times;
    kept.erase(in_full ? shorter : name);
  }
  return kept;
}

}  // namespace

std::vector<std::string> names_in(std::string_view text) {
  const std::u32string characters = from_utf8(text);
  Counts all = latin_names(characters);
  all.merge(han_names(characters));
  std::vector<std::pair<std::u32string, Seen>> ranked(all.begin(), all.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second.times > b.second.times; });
  std::vector<std::string> names;
  for (const auto& [name, seen] : ranked) names.push_back(to_utf8(name));
  return names;
}

}  // namespace atelier::sequence
