// SPDX-License-Identifier: Apache-2.0
// Learns the table of Tang sounds; measures it, the pronouncing dictionary and the constraints:
//   atelier_verse_bench learn TANG_POEMS -o models/verse_zh.json
//   atelier_verse_bench chinese TANG_POEMS PINGSHUI_TRADITIONAL.json PINGSHUI_SIMPLIFIED.txt
//   atelier_verse_bench english ENGLISH_POEMS CMUDICT
//   atelier_verse_bench letters CMUDICT
//   atelier_verse_bench forms TANG_POEMS ENGLISH_POEMS CMUDICT
//   atelier_verse_bench kept FORM TEXTS.json CMUDICT
//   atelier_verse_bench decode-chinese TANG_POEMS PINGSHUI_TRADITIONAL.json PINGSHUI_SIMPLIFIED.txt
//   atelier_verse_bench decode-english ENGLISH_POEMS CMUDICT
// Figures are printed as JSON; docs/verse.md has those of the last run.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "figures.hpp"

namespace atelier::verse::bench {

std::string text_of(const char* path) {
  return read_file(path, std::uintmax_t{64} << 20);
}

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

std::string joined(const Poem& poem) {
  std::string text;
  for (const std::string& line : poem.lines) text += line + '\n';
  return text;
}

const Form* regulated_form(const Poem& poem) {
  for (const Form& form : forms()) {
    if (form.length == 0 || poem.lines.size() != static_cast<std::size_t>(form.lines)) continue;
    const bool all = std::ranges::all_of(poem.lines, [&](const std::string& line) {
      return static_cast<int>(from_utf8(line, "a line").size()) == form.length;
    });
    if (all) return &form;
  }
  return nullptr;
}

}  // namespace atelier::verse::bench

int main(int count, char** arguments) {
  using namespace atelier::verse::bench;
  const auto is = [&](const char* verb, int wanted) {
    return count == wanted && std::strcmp(arguments[1], verb) == 0;
  };
  const auto print = [](const ordered_json& figures) {
    fmt::print("{}\n", figures.dump(1));
    std::fflush(stdout);
  };
  try {
    if (is("learn", 5)) {
      learn(arguments[2], arguments[4]);
    } else if (is("chinese", 5)) {
      print(chinese(arguments[2], arguments[3], arguments[4]));
    } else if (is("english", 4)) {
      print(english(arguments[2], arguments[3]));
    } else if (is("forms", 5)) {
      print(told_forms(arguments[2], arguments[3], arguments[4]));
    } else if (is("kept", 5)) {
      print(kept(arguments[2], arguments[3], arguments[4]));
    } else if (is("letters", 3)) {
      print(letters(arguments[2]));
    } else if (is("decode-chinese", 5)) {
      print(decode_chinese(arguments[2], arguments[3], arguments[4]));
    } else if (is("decode-english", 4)) {
      decode_english(arguments[2], arguments[3], print);
    } else {
      fmt::print(stderr, "usage: see the head of bench/verse/main.cpp\n");
      return 2;
    }
  } catch (const atelier::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return atelier::exit_code(error.kind());
  }
}
