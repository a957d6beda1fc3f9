// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/portrait.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "verse/chinese_text.hpp"
#include "verse/english_text.hpp"
#include "verse/poem_text.hpp"

namespace atelier::verse {
namespace {

using nlohmann::ordered_json;

constexpr double at_least_of_each = 0.5;
constexpr int ballad_stanza = 4, most_stanzas = 12;
constexpr int letters = 26;

void require_lines(std::size_t count) {
  if (count == 0) fail(ErrorKind::bad_input, "the poem has no line.");
  if (count > most_portrait_lines) {
    fail(ErrorKind::bad_input,
         "the poem has {} lines; at most {} are looked at: give a part of it.", count,
         most_portrait_lines);
  }
}

/// Lines of each stanza: those that `counts` makes of what stands between blank lines.
std::vector<int> stanzas_of(std::string_view poem,
                            const std::function<std::size_t(std::string_view)>& count) {
  std::vector<int> stanzas;
  std::string stanza;
  const auto finish = [&] {
    const auto lines = static_cast<int>(count(stanza));
    if (lines > 0) stanzas.push_back(lines);
    stanza.clear();
  };
  while (!poem.empty()) {
    const std::string_view line = poem.substr(0, poem.find('\n'));
    poem.remove_prefix(std::min(poem.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      finish();
    } else {
      stanza += std::string(line) + "\n";
    }
  }
  finish();
  return stanzas;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Whether a text ends in a mark of Chinese.
bool ends_in_mark(std::string_view text) {
  constexpr std::array marks{"。", "！", "？", "，", "；"};
  return std::any_of(marks.begin(), marks.end(), [&](const char* m) { return text.ends_with(m); });
}

enum class Join { none, near, perfect, repeated };

/// Joins each line to the nearest before it that it rhymes with: first perfectly, then those that
/// are left alone nearly.
void join_lines(Portrait& portrait, const std::function<Join(std::size_t, std::size_t)>& join) {
  const std::size_t count = portrait.lengths.size();
  constexpr auto alone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> before(count, alone);
  std::vector<bool> heard(count);  // lines that some line joins, or that join one
  const auto pass = [&](bool near, int within) {
    for (std::size_t i = 0; i < count; ++i) {
      if (near && heard[i]) continue;
      for (std::size_t back = 1; back <= std::min<std::size_t>(within, i); ++back) {
        const Join found = join(i - back, i);
        if (found == Join::none || (found == Join::near) != near) continue;
        before[i] = i - back;
        heard[i] = heard[i - back] = true;
        portrait.perfect += found == Join::perfect ? 1 : 0;
        portrait.near += found == Join::near ? 1 : 0;
        portrait.repeated += found == Join::repeated ? 1 : 0;
        break;
      }
    }
  };
  pass(/*near=*/false, hearing);
  pass(/*near=*/true, hearing_near);
  portrait.rhymes.assign(count, -1);
  int next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (heard[i]) portrait.rhymes[i] = before[i] == alone ? next++ : portrait.rhymes[before[i]];
  }
}

/// How many places of a part of a report are asked and right; none where it is left out.
struct Places {
  int asked = 0, right = 0;

  [[nodiscard]] double share() const {
    return asked > 0 ? static_cast<double>(right) / asked : 1.0;
  }
};

Places places_in(const ordered_json& report, const char* part) {
  if (!report.contains(part)) return {};
  return {report.at(part).at("asked").get<int>(), report.at(part).at("right").get<int>()};
}

/// Takes a form's report where the poem keeps more of it than of those before.
void consider(Portrait& portrait, const Form& form, ordered_json report, const char* measure,
              double enough) {
  const Places measures = places_in(report, measure), rhymes = places_in(report, "rhyme");
  const Places all{measures.asked + rhymes.asked, measures.right + rhymes.right};
  if (all.asked == 0 || (!portrait.check.is_null() && all.share() <= portrait.kept)) return;
  portrait.kept = all.share();
  portrait.check = std::move(report);
  const bool fits = all.share() >= enough && measures.share() >= at_least_of_each &&
                    rhymes.share() >= at_least_of_each;
  portrait.form = fits ? form.name : std::string();
}

}  // namespace

TitledPoem without_title(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto blank = [](std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
  };
  std::string_view rest = text;
  const auto take_line = [&] {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    return line;
  };
  std::string_view first = take_line();
  while (blank(first) && !rest.empty()) first = take_line();
  const std::string_view second = take_line();
  const bool apart = blank(second) && !trimmed(rest).empty();
  const std::string_view poem = apart ? rest : text.substr(text.find(first) + first.size());
  const bool chinese = ends_in_mark(trimmed(poem)) && !ends_in_mark(trimmed(first));
  if (blank(first) || !(apart || chinese)) return {{}, std::string(text)};
  return {std::string(trimmed(first)), std::string(poem)};
}

Language language_of(std::string_view text) {
  const std::u32string points = poem_from_utf8(text);
  const auto characters = std::count_if(points.begin(), points.end(), is_han);
  std::ptrdiff_t words = 0;
  for (const auto& line : lines_of_words(text, [](const std::string&) { return false; })) {
    words += std::ssize(line);
  }
  if (characters == 0 && words == 0) {
    fail(ErrorKind::bad_input, "the text has neither English words nor Chinese characters.");
  }
  return characters >= words ? Language::chinese : Language::english;
}

Portrait portrait_of_english(std::string_view poem, const EnglishSounds& sounds) {
  const auto known = [&](const std::string& word) { return sounds.knows(word); };
  const auto lines = lines_of_words(poem, known);
  require_lines(lines.size());
  Portrait portrait;
  portrait.language = Language::english;
  portrait.stanzas = stanzas_of(
      poem, [&](std::string_view stanza) { return lines_of_words(stanza, known).size(); });
  for (const auto& line : lines) {
    int least = 0, most = 0;
    for (const std::string& word : line) {
      const std::vector<Reading> readings = sounds.readings(word);
      const auto [few, many] = std::ranges::minmax(
          readings, {}, [](const Reading& reading) { return reading.shape.syllables; });
      least += few.shape.syllables;
      most += many.shape.syllables;
    }
    portrait.lengths.emplace_back(least, most);
  }
  join_lines(portrait, [&](std::size_t one, std::size_t other) {
    const std::string &a = lines[one].back(), &b = lines[other].back();
    if (a == b) return Join::repeated;
    const Rhyme rhyme = rhyme_of(a, b, sounds);
    if (rhyme == Rhyme::none) return Join::none;
    return rhyme == Rhyme::perfect && known(a) && known(b) ? Join::perfect : Join::near;
  });
  const auto count = static_cast<int>(lines.size());
  for (const Form& form : forms()) {
    if (form.language != Language::english) continue;
    VerseOptions options;
    options.rhyme = "near";
    const bool ballad = form.name == "ballad" && count % ballad_stanza == 0 &&
                        count / ballad_stanza <= most_stanzas;
    if (ballad) options.stanzas = count / ballad_stanza;
    if (form.lines != count && !ballad) continue;
    consider(portrait, form, check_english(poem, form, options, sounds), "metre", enough_english);
  }
  return portrait;
}

Portrait portrait_of_chinese(std::string_view poem, const ChineseSounds& sounds) {
  const auto lines = lines_of_verse(poem_from_utf8(poem));
  require_lines(lines.size());
  Portrait portrait;
  portrait.language = Language::chinese;
  portrait.stanzas = stanzas_of(
      poem, [](std::string_view stanza) { return lines_of_verse(poem_from_utf8(stanza)).size(); });
  for (const std::u32string& line : lines) {
    portrait.lengths.emplace_back(static_cast<int>(line.size()), static_cast<int>(line.size()));
  }
  join_lines(portrait, [&](std::size_t one, std::size_t other) {
    const char32_t a = lines[one].back(), b = lines[other].back();
    if (a == b) return Join::repeated;
    return (sounds.of(a).groups & sounds.of(b).groups).any() ? Join::perfect : Join::none;
  });
  for (const Form& form : forms()) {
    if (form.language != Language::chinese || form.length == 0) continue;
    ordered_json report = check_chinese(poem, form, {}, sounds);
    const bool shaped =
        report.at("lines").at("kept").get<bool>() && report.at("lengths").at("kept").get<bool>();
    if (shaped) consider(portrait, form, std::move(report), "tones", enough_chinese);
  }
  return portrait;
}

std::string scheme_text(const Portrait& portrait) {
  const int most = *std::ranges::max_element(portrait.rhymes);
  std::string text;
  std::size_t line = 0;
  for (const int stanza : portrait.stanzas) {
    if (!text.empty()) text += ' ';
    for (int i = 0; i < stanza; ++i, ++line) {
      const int rhyme = portrait.rhymes[line];
      if (most >= letters && i > 0) text += ',';
      if (rhyme < 0) {
        text += '-';
      } else if (most < letters) {
        text += static_cast<char>('a' + rhyme);
      } else {
        text += std::to_string(rhyme + 1);
      }
    }
  }
  return text;
}

}  // namespace atelier::verse
