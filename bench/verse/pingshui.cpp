// SPDX-License-Identifier: Apache-2.0
#include "pingshui.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "atelier/base/utf8.hpp"
#include "atelier/verse/script.hpp"
#include "figures.hpp"
#include "verse/chinese_text.hpp"

namespace atelier::verse::bench {
namespace {

void add(const std::u32string& text, Tones tones, std::size_t group, ChineseSounds& to) {
  for (const char32_t c : text) {
    if (is_han(c)) to.add(c, {tones, Groups().set(group)});
  }
}

}  // namespace

Pingshui::Pingshui(const char* traditional, const char* simplified) {
  std::size_t group = 0;
  const auto lexicon = ordered_json::parse(text_of(traditional));
  for (const auto& [tones, parts] : lexicon.items()) {
    for (const auto& [part, groups] : parts.items()) {
      for (const auto& [name, lists] : groups.items()) {
        for (const auto& list : lists) {
          add(from_utf8(list.get<std::string>(), traditional), tones == "ping" ? level : oblique,
              group, book_);
        }
        ++group;
      }
    }
  }
  read_simplified(from_utf8(text_of(simplified), simplified));
}

ChineseSounds Pingshui::book_for(const std::vector<Poem>& poems) {
  std::u32string strange;
  for (const Poem& poem : poems) {
    for (const std::string& line : poem.lines) {
      for (const char32_t c : from_utf8(line, "a line")) {
        if (book_.of(c).tones == no_tone) strange.push_back(c);
      }
    }
  }
  const std::u32string plain = to_simplified(strange);
  for (std::size_t i = 0; i < strange.size(); ++i) {
    const Sound sound = simplified_.of(plain[i]);
    book_.add(strange[i], sound.tones == no_tone ? Sound{either_tone, {}} : sound);
    strange_ += sound.tones == no_tone ? 1 : 0;
  }
  return book_;
}

/// Groups in the same order as in the traditional one, a line each: its name, which ends in its
/// tone, =, characters with notes in brackets; then a line "其它僻字：" and one of rare
/// characters.
void Pingshui::read_simplified(const std::u32string& text) {
  std::size_t group = 0, at = 0;
  Tones tones = level;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(U'\n', at), text.size());
    std::u32string line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t sign = line.find(U'=');
    if (sign != std::u32string::npos && sign > 0) {
      tones = line[sign - 1] == U'平' ? level : oblique;
      ++group;
      line.erase(0, sign + 1);
    } else if (line.starts_with(U"其它")) {
      continue;
    }
    std::u32string bare;
    int depth = 0;
    for (const char32_t c : line) {
      if (c == U'[') ++depth;
      if (depth == 0) bare.push_back(c);
      if (c == U']') --depth;
    }
    if (group > 0) add(bare, tones, group - 1, simplified_);
  }
}

}  // namespace atelier::verse::bench
