// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cctype>
#include <map>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/abc.hpp"
#include "music/abc_element.hpp"

namespace atelier::music {
namespace {

using Kind = AbcElement::Kind;

constexpr int deepest_group = 8;
constexpr std::size_t most_parts = 1000;

int last_round(const AbcElement& ending) {
  return static_cast<int>(std::bit_width(ending.rounds)) - 1;
}

/// Follows the signs from `begin` to `end`.
class Player {
 public:
  Player(const std::vector<AbcElement>& elements, std::size_t begin, std::size_t end,
         const std::string& name, std::vector<std::size_t>& order)
      : elements_(elements), end_(end), start_(begin), at_(begin), name_(name), order_(order) {}

  void play() {
    while (at_ < end_) {
      const AbcElement& element = elements_[at_];
      if (element.kind == Kind::part) section(at_ + 1);
      if (element.kind == Kind::ending && !(element.rounds >> round_ & 1U)) {
        skip_ending();
        continue;
      }
      if (element.kind == Kind::ending) {
        in_ending_ = true;
        rounds_ = std::max(rounds_, last_round(element));
      }
      if (order_.size() >= max_tune_events)
        fail(ErrorKind::bad_input,
             "{} has more than {} notes and bars when its repeats are played.", name_,
             max_tune_events);
      order_.push_back(at_);
      if (element.kind == Kind::bar && bar(element)) continue;
      ++at_;
    }
  }

 private:
  /// A new stretch that a later repeat goes back to.
  void section(std::size_t start) {
    start_ = start;
    round_ = 1;
    rounds_ = 2;
    in_ending_ = explicit_ = false;
  }

  /// Whether the music goes back from here.
  bool bar(const AbcElement& bar) {
    if (bar.ends > 0) {
      rounds_ = std::max({rounds_, bar.ends + 1, rounds_after(at_)});
      if (round_ < rounds_) {
        ++round_;
        in_ending_ = false;
        at_ = start_;
        return true;
      }
      section(at_ + 1);
    } else if (bar.section && (in_ending_ || !explicit_)) {
      section(at_ + 1);
    }
    if (bar.begins > 0) begin(bar);
    return false;
  }

  /// A repeat begins behind this bar.
  void begin(const AbcElement& bar) {
    section(at_ + 1);
    explicit_ = true;
    rounds_ = bar.begins + 1;
  }

  /// The last round of an ending that follows a repeat at once; 0 when none does.
  [[nodiscard]] int rounds_after(std::size_t at) const {
    for (++at; at < end_; ++at) {
      const AbcElement& element = elements_[at];
      if (element.kind == Kind::ending) return last_round(element);
      const bool sign = element.kind == Kind::sound || element.kind == Kind::part;
      if (sign || (element.kind == Kind::bar && (element.ends > 0 || element.begins > 0))) return 0;
    }
    return 0;
  }

  /// To the next ending, or behind the bar that closes this one.
  void skip_ending() {
    for (++at_; at_ < end_; ++at_) {
      const AbcElement& element = elements_[at_];
      if (element.kind == Kind::ending || element.kind == Kind::part) return;
      if (element.kind != Kind::bar) continue;
      if (element.ends > 0 || element.section || element.begins > 0) {
        if (element.begins > 0) begin(element);
        ++at_;
        return;
      }
    }
  }

  const std::vector<AbcElement>& elements_;
  std::size_t end_, start_, at_;
  const std::string& name_;
  std::vector<std::size_t>& order_;
  int round_ = 1, rounds_ = 2;
  bool in_ending_ = false, explicit_ = false;
};

/// Reads "(AB)2C".
class PartReader {
 public:
  PartReader(const std::string& text, const std::string& name) : text_(text), name_(name) {}

  std::string read() {
    std::string order = group(0);
    if (at_ < text_.size()) fail_part("a bracket closes that was not opened");
    return order;
  }

 private:
  [[noreturn]] void fail_part(const char* why) const {
    fail(ErrorKind::bad_input, "{}: the order of parts cannot be followed: {}.", name_, why);
  }

  std::string group(int depth) {
    if (depth > deepest_group) fail_part("brackets are nested more than 8 deep");
    std::string order;
    while (at_ < text_.size() && text_[at_] != ')') {
      const char c = text_[at_++];
      std::string one;
      if (c == '(') {
        one = group(depth + 1);
        if (at_ == text_.size()) fail_part("a bracket is not closed");
        ++at_;
      } else if (std::isalpha(static_cast<unsigned char>(c))) {
        one = c;
      } else {
        continue;
      }
      int times = 0;
      while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])))
        times = std::min(times * 10 + (text_[at_++] - '0'), 9999);
      for (int i = 0; i < std::max(times, 1) && order.size() <= most_parts; ++i) order += one;
      if (order.size() > most_parts) fail_part("it has more than 1000 parts");
    }
    return order;
  }

  const std::string& text_;
  const std::string& name_;
  std::size_t at_ = 0;
};

}  // namespace

std::string part_order(const std::string& text, const std::string& name) {
  return PartReader(text, name).read();
}

std::vector<std::size_t> playing_order(const std::vector<AbcElement>& elements,
                                       const std::string& parts, const std::string& name) {
  std::vector<std::size_t> order;
  std::map<char, std::pair<std::size_t, std::size_t>> ranges;
  std::size_t first = elements.size();
  for (std::size_t i = elements.size(), end = i; i-- > 0;) {
    if (elements[i].kind != Kind::part || elements[i].text.empty()) continue;
    ranges[elements[i].text[0]] = {i, end};
    first = end = i;
  }
  const std::string letters = ranges.empty() ? std::string() : part_order(parts, name);
  if (letters.empty()) {
    Player(elements, 0, elements.size(), name, order).play();
    return order;
  }
  Player(elements, 0, first, name, order).play();
  for (const char letter : letters) {
    const auto found = ranges.find(letter);
    if (found == ranges.end())
      fail(ErrorKind::bad_input, "{} plays part {}, which it does not have.", name, letter);
    Player(elements, found->second.first, found->second.second, name, order).play();
  }
  return order;
}

}  // namespace atelier::music
