// SPDX-License-Identifier: Apache-2.0
#include "verse/english_plan.hpp"

#include <algorithm>
#include <cassert>

#include "atelier/base/error.hpp"

namespace atelier::verse {
namespace {

constexpr int most_free_lines = 48;
constexpr int places = 64;

Measure iambs(int feet) {
  std::string pattern = "xs";
  for (int foot = 1; foot < feet; ++foot) pattern += "ws";
  return {pattern + 'f', {2 * feet, 2 * feet + 1}};
}

/// Anapaests, the first of which may be an iamb.
std::vector<Measure> anapaests(int feet) {
  std::vector<Measure> both;
  for (const std::string first : {"ws", "wws"}) {
    std::string pattern = first;
    for (int foot = 1; foot < feet; ++foot) pattern += "wws";
    const int size = static_cast<int>(pattern.size());
    both.push_back({pattern + "ff", {size, size + 1, size + 2}});
  }
  return both;
}

Measure syllables(int count) {
  return {std::string(static_cast<std::size_t>(count), 'x'), {count}};
}

Measure up_to(int count) {
  Measure measure{std::string(static_cast<std::size_t>(count), 'x'), {}};
  for (int n = 1; n <= count; ++n) measure.ends.push_back(n);
  return measure;
}

std::string repeated(const std::string& scheme, int stanzas) {
  std::string result;
  const auto letters = static_cast<char>(*std::ranges::max_element(scheme) - 'A' + 1);
  for (int stanza = 0; stanza < stanzas; ++stanza) {
    for (const char c : scheme) result.push_back(static_cast<char>(c + letters * stanza));
  }
  return result;
}

}  // namespace

EnglishPlan::EnglishPlan(const Form& form, const VerseOptions& options)
    : rhyme_(options.rhyme != "off"),
      near_rhyme_(options.rhyme == "near"),
      metre_(options.metre),
      acrostic_(options.acrostic) {
  if (form.language != Language::english) {
    fail(ErrorKind::invalid_argument, "{} is no English form.", form.name);
  }
  for (char& c : acrostic_) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c < 'a' || c > 'z') {
      fail(ErrorKind::invalid_argument, "the acrostic '{}' must be of English letters alone.",
           options.acrostic);
    }
  }
  plan(form, options);
  const auto most = static_cast<std::size_t>(most_lines());
  if (acrostic_.size() > most) {
    fail(ErrorKind::invalid_argument, "the acrostic has {} letters; {} has at most {} lines.",
         acrostic_.size(), form.name, most);
  }
}

void EnglishPlan::plan(const Form& form, const VerseOptions& options) {
  const auto both = [&](const std::vector<Measure>& measures) {
    return add(measures[0]) | add(measures[1]);
  };
  if (form.name == "quatrain") {
    for (const int feet : {4, 5}) {
      add_variants({"ABAB", "AABB", "ABBA", "ABCB"}, std::vector(4, add(iambs(feet))));
    }
  } else if (form.name == "sonnet") {
    add_variants({"ABABCDCDEFEFGG"}, std::vector(14, add(iambs(5))));
  } else if (form.name == "petrarchan") {
    add_variants({"ABBAABBACDECDE", "ABBAABBACDCDCD", "ABBAABBACDEDCE", "ABBAABBACDDCEE"},
                 std::vector(14, add(iambs(5))));
  } else if (form.name == "limerick") {
    const Places three = both(anapaests(3)), two = both(anapaests(2));
    add_variants({"AABBA"}, {three, three, two, two, three});
  } else if (form.name == "haiku") {
    const Places five = add(syllables(5)), seven = add(syllables(7));
    add_variants({"ABC"}, {five, seven, five});
  } else if (form.name == "ballad") {
    const Places four = add(iambs(4)), three = add(iambs(3));
    std::vector<Places> lines;
    for (int i = 0; i < 2 * options.stanzas; ++i) lines.insert(lines.end(), {four, three});
    std::vector<std::string> schemes;
    for (const char* scheme : {"ABCB", "ABAB", "AABB"}) {
      schemes.push_back(repeated(scheme, options.stanzas));
    }
    add_variants(schemes, lines);
    stanza_ = 4;
  } else {
    const std::size_t lines = acrostic_.empty() ? most_free_lines : acrostic_.size();
    constexpr int most_syllables = 20;
    rhyme_ = false;
    metre_ = false;
    const Places any = add(up_to(most_syllables));
    variants_.push_back({"", std::vector(lines, PlannedLine{any, unrhymed})});
    least_lines_ = acrostic_.empty() ? 1 : static_cast<int>(acrostic_.size());
    stanza_ = 1;
  }
  if (least_lines_ == 0) least_lines_ = most_lines();
}

Places EnglishPlan::add(const Measure& measure) {
  const int size = static_cast<int>(measure.pattern.size());
  assert(used_ + size + 1 <= places);
  begins_ |= Places{1} << used_;
  for (const int end : measure.ends) ends_ |= Places{1} << (used_ + end);
  Places own = 0;
  for (int i = 0; i <= size; ++i) {
    const Places place = Places{1} << (used_ + i);
    own |= place;
    if (i == size || !metre_) continue;
    const char c = measure.pattern[static_cast<std::size_t>(i)];
    if (c == 'w') weak_ |= place;
    if (c == 'f') feminine_ |= place;
  }
  between_ = (between_ & ~own) | Places{1} << (used_ + size);
  used_ += size + 1;
  return own;
}

void EnglishPlan::add_variants(const std::vector<std::string>& schemes,
                               const std::vector<Places>& lines) {
  for (const std::string& scheme : schemes) {
    Variant variant{rhyme_ ? scheme : "", {}};
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool alone = std::ranges::count(scheme, scheme[i]) == 1;
      variant.lines.push_back({lines[i], rhyme_ && !alone ? scheme[i] - 'A' : unrhymed});
    }
    variants_.push_back(std::move(variant));
    if (!rhyme_) break;  // the schemes are then all the same
  }
  least_lines_ = static_cast<int>(lines.size());
}

bool EnglishPlan::stanza_ends_after(int line) const {
  return stanza_ > 0 && (line + 1) % stanza_ == 0;
}

Places EnglishPlan::fits(const Shape& shape) const {
  Places result = ~(between_ | feminine_);
  for (int i = 0; i < shape.syllables && i < places; ++i) {
    result &= ~(between_ >> i);
    if (i < 32 && (shape.stressed >> i & 1U) != 0) result &= ~((weak_ | feminine_) >> i);
  }
  return result;
}

Places EnglishPlan::filled_to(Places targets) const {
  const Places one = fits({1, 0});
  for (;;) {
    const Places more = targets | ((targets >> 1) & one);
    if (more == targets) return targets;
    targets = more;
  }
}

std::vector<std::uint64_t> EnglishPlan::keys(const Reading& reading) const {
  if (!near_rhyme_) return {reading.perfect};
  return {reading.perfect, reading.loose, reading.spelt};
}

int EnglishPlan::uses_after(const Variant& variant, int line) {
  const int letter = variant.lines[static_cast<std::size_t>(line)].letter;
  if (letter == unrhymed) return 0;
  return static_cast<int>(std::count_if(variant.lines.begin() + line + 1, variant.lines.end(),
                                        [&](const auto& l) { return l.letter == letter; }));
}

std::vector<int> EnglishPlan::uses_before(const Variant& variant, int line) {
  const int letter = variant.lines[static_cast<std::size_t>(line)].letter;
  std::vector<int> uses;
  for (int i = 0; letter != unrhymed && i < line; ++i) {
    if (variant.lines[static_cast<std::size_t>(i)].letter == letter) uses.push_back(i);
  }
  return uses;
}

}  // namespace atelier::verse
