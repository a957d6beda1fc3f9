// SPDX-License-Identifier: Apache-2.0
#include "verse/mandarin.hpp"

#include <array>
#include <map>
#include <string>

#include "verse/transliterate.hpp"

namespace atelier::verse {
namespace {

/// A final with its place among the thirteen and the eighteen; the thirteen in the order
/// 发花 梭坡 乜斜 姑苏 衣期 怀来 灰堆 遥条 油求 言前 人辰 江阳 中东, the eighteen in the order
/// 麻 波 歌 皆 支 儿 齐 微 开 模 鱼 侯 豪 寒 痕 唐 庚 东.
struct Final {
  int group13, group18;
};

const std::map<std::string, Final>& finals() {
  static const std::map<std::string, Final> all{
      {"a", {0, 0}},      {"ia", {0, 0}},    {"ua", {0, 0}},     {"o", {1, 1}},
      {"uo", {1, 1}},     {"e", {1, 2}},     {"ie", {2, 3}},     {"ve", {2, 3}},
      {"ue", {2, 3}},     {"u", {3, 9}},     {"-i", {4, 4}},     {"er", {4, 5}},
      {"i", {4, 6}},      {"v", {4, 10}},    {"ai", {5, 8}},     {"uai", {5, 8}},
      {"ei", {6, 7}},     {"ui", {6, 7}},    {"uei", {6, 7}},    {"ao", {7, 12}},
      {"iao", {7, 12}},   {"ou", {8, 11}},   {"iu", {8, 11}},    {"iou", {8, 11}},
      {"an", {9, 13}},    {"ian", {9, 13}},  {"uan", {9, 13}},   {"van", {9, 13}},
      {"en", {10, 14}},   {"in", {10, 14}},  {"un", {10, 14}},   {"uen", {10, 14}},
      {"vn", {10, 14}},   {"ang", {11, 15}}, {"iang", {11, 15}}, {"uang", {11, 15}},
      {"eng", {12, 16}},  {"ing", {12, 16}}, {"ueng", {12, 16}}, {"ong", {12, 17}},
      {"iong", {12, 17}},
  };
  return all;
}

/// A vowel without its tone mark, which is stored; u with two dots is v.
char plain(char32_t c, int& tone) {
  struct Marked {
    char letter;
    std::u32string_view tones;
  };
  static constexpr std::array<Marked, 6> marked{{{'a', U"āáǎà"},
                                                 {'e', U"ēéěè"},
                                                 {'i', U"īíǐì"},
                                                 {'o', U"ōóǒò"},
                                                 {'u', U"ūúǔù"},
                                                 {'v', U"ǖǘǚǜ"}}};
  for (const auto& [letter, tones] : marked) {
    const std::size_t at = tones.find(c);
    if (at == std::u32string_view::npos) continue;
    tone = static_cast<int>(at) + 1;
    return letter;
  }
  if (c == U'ü') return 'v';
  return c < 0x80 ? static_cast<char>(c) : '?';
}

/// The final as it sounds, with the spelling's y, w and dropped dots undone: "yue" is "ve".
std::string final_of(const std::string& syllable) {
  if (syllable == "er") return syllable;
  const std::size_t vowel = syllable.find_first_of("aeiouv");
  if (vowel == std::string::npos) return {};
  const std::string initial = syllable.substr(0, vowel);
  std::string rest = syllable.substr(vowel);
  if (initial == "y") {
    if (rest.starts_with('u')) return "v" + rest.substr(1);
    return rest.starts_with('i') ? rest : "i" + rest;
  }
  if (initial == "w") return rest.starts_with('u') ? rest : "u" + rest;
  const bool palatal = initial == "j" || initial == "q" || initial == "x";
  if (palatal && rest.starts_with('u')) return "v" + rest.substr(1);
  static constexpr std::array hissing{"zh", "ch", "sh", "r", "z", "c", "s"};
  for (const char* hiss : hissing) {
    if (initial == hiss && rest == "i") return "-i";
  }
  return rest;
}

}  // namespace

MandarinReading reading_of(std::u32string_view pinyin) {
  MandarinReading reading;
  int tone = 5;
  std::string syllable;
  for (const char32_t c : pinyin) syllable.push_back(plain(c, tone));
  const auto found = finals().find(final_of(syllable));
  if (found == finals().end()) return reading;
  reading.tone = tone;
  reading.group13 = found->second.group13;
  reading.group18 = found->second.group18;
  return reading;
}

std::vector<MandarinReading> mandarin_readings(std::u32string_view characters) {
  // A line each, so that ICU reads no words of several characters.
  std::u32string lines;
  for (const char32_t c : characters) {
    lines.push_back(c);
    lines.push_back(U'\n');
  }
  const std::u32string latin = transliterated(lines, "Han-Latin");
  std::vector<MandarinReading> readings;
  std::size_t at = 0;
  while (readings.size() < characters.size()) {
    const std::size_t end = std::min(latin.find(U'\n', at), latin.size());
    readings.push_back(reading_of(std::u32string_view(latin).substr(at, end - at)));
    at = std::min(end + 1, latin.size());
  }
  return readings;
}

}  // namespace atelier::verse
