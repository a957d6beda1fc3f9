// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/constraint.hpp"
#include "verse/chinese_setting.hpp"
#include "verse/chinese_text.hpp"

namespace atelier::verse {
namespace {

/// The poem so far.
struct Place {
  enum class Ended { no, by_mark, by_line_end };
  int line = 0, place = 0;
  ChineseRules::Ways ways;
  Ended ended = Ended::by_line_end;  ///< how the last line did, while the next has not begun
  bool done = false;
  /// Of the types whose first line does not rhyme, and does: groups that all rhymes so far share,
  /// and these rhymes.
  std::array<Groups, 2> groups;
  std::array<std::u32string, 2> rhymes;
};

class ChineseConstraint final : public Constraint {
 public:
  explicit ChineseConstraint(std::shared_ptr<const ChineseSetting> setting)
      : setting_(std::move(setting)) {
    now_.ways = setting_->viable & rules().ways(0);
    for (Groups& groups : now_.groups) groups.set();
  }

  void allowed(std::span<std::uint8_t> allowed) const override {
    const Wanted wanted = wanted_now();
    const auto& vocabulary = setting_->vocabulary;
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
      allowed[i] = may_follow(vocabulary[i], wanted) ? 1 : 0;
    }
  }

  void append(std::size_t piece) override {
    const Character& next = setting_->vocabulary.at(piece);
    if (!may_follow(next, wanted_now())) {
      fail(ErrorKind::invalid_argument, "piece {} ('{}') does not keep the poem in its form.",
           piece, to_utf8({&next.c, 1}));
    }
    take(next);
  }

  void append_text(std::string_view text) override {
    for (const char32_t c : from_utf8(text, "the text")) {
      const Character next{c, setting_->sounds.of(c)};
      if (!may_follow(next, wanted_now())) {
        fail(ErrorKind::invalid_argument,
             "'{}' at character {} of line {} does not keep the poem in its form; change the text, "
             "or ask for less (metre, rhyme, acrostic).",
             to_utf8({&c, 1}), now_.place + 1, now_.line + 1);
      }
      take(next);
    }
  }

  [[nodiscard]] Next next() const override {
    if (now_.done) return Next::poem_end;
    return is_full() ? Next::line_end : Next::text;
  }

  [[nodiscard]] bool may_end() const override {
    if (now_.done) return true;
    const int whole = now_.line + (line_may_end() ? 1 : 0);
    return whole >= rules().least_lines() && (now_.place == 0 || line_may_end());
  }

  [[nodiscard]] std::unique_ptr<Constraint> clone() const override {
    return std::make_unique<ChineseConstraint>(*this);
  }

 private:
  /// What the next character must be, worked out once for all candidates.
  struct Wanted {
    std::array<bool, 4> tones{};  ///< by Tones, in ways that do not rhyme here
    std::array<std::array<bool, 4>, 2> rhyming_tones{};  ///< in those that do, by first_rhymes()
    std::array<Groups, 2> groups;  ///< and the groups that still hold enough characters
    char32_t acrostic = 0;
  };

  [[nodiscard]] const ChineseRules& rules() const { return setting_->rules; }
  [[nodiscard]] bool is_full() const {
    return now_.place == (rules().is_free() ? most_free_length : rules().length());
  }
  [[nodiscard]] bool line_may_end() const { return rules().is_free() ? now_.place > 0 : is_full(); }
  [[nodiscard]] bool is_rhyme(std::size_t first_rhymes) const {
    return now_.place + 1 == rules().length() && rules().rhymes(now_.line, first_rhymes);
  }

  [[nodiscard]] Wanted wanted_now() const {
    Wanted wanted;
    if (now_.done || is_full()) return wanted;
    for (std::size_t way = 0; way < ChineseRules::most_ways; ++way) {
      if (!now_.ways.test(way)) continue;
      const std::size_t first = ChineseRules::first_rhymes(way);
      auto& tones = is_rhyme(first) ? wanted.rhyming_tones[first] : wanted.tones;
      const char asked = rules().wanted(way, now_.line, now_.place);
      for (std::size_t t = 0; t < 4; ++t) tones[t] |= fits(static_cast<Tones>(t), asked);
    }
    for (std::size_t first = 0; first < 2; ++first) {
      if (is_rhyme(first)) wanted.groups[first] = groups_left(first);
    }
    const auto line = static_cast<std::size_t>(now_.line);
    if (now_.place == 0 && line < rules().acrostic().size()) {
      wanted.acrostic = rules().acrostic()[line];
    }
    return wanted;
  }

  /// Groups that all rhymes so far share and that have a character for this rhyme and for each to
  /// come.
  [[nodiscard]] Groups groups_left(std::size_t first) const {
    std::array<int, most_groups> used{};
    for (const char32_t c : now_.rhymes[first]) {
      const Groups groups = setting_->sounds.of(c).groups;
      for (std::size_t g = 0; g < most_groups; ++g) used[g] += groups.test(g) ? 1 : 0;
    }
    Groups left = now_.groups[first];
    const int needed = rules().rhymes_from(now_.line, first);
    for (std::size_t g = 0; g < most_groups; ++g) {
      if (setting_->supply[g] - used[g] < needed) left.reset(g);
    }
    return left;
  }

  [[nodiscard]] bool rhymes_well(const Character& next, std::size_t first,
                                 const Groups& left) const {
    return (next.sound.groups & left).any() && !holds(now_.rhymes[first], next.c);
  }

  [[nodiscard]] bool may_follow(const Character& next, const Wanted& wanted) const {
    if (next.c == 0 || now_.done) return false;
    if (!is_han(next.c)) return mark_may_follow(next.c);
    if (is_full() || (wanted.acrostic != 0 && next.c != wanted.acrostic)) return false;
    if (wanted.tones[next.sound.tones]) return true;
    for (std::size_t first = 0; first < 2; ++first) {
      if (wanted.rhyming_tones[first][next.sound.tones] &&
          rhymes_well(next, first, wanted.groups[first])) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool mark_may_follow(char32_t mark) const {
    if (now_.place == 0) return mark == U'\n' && now_.ended == Place::Ended::by_mark;
    if (!line_may_end()) return false;
    return now_.line % 2 == 1 && !rules().is_free() ? ends_couplet(mark) : ends_odd_line(mark);
  }

  /// A full stop ends no first line of a couplet.
  [[nodiscard]] bool ends_odd_line(char32_t mark) const {
    return ends_line(mark) && (rules().is_free() || (mark != U'。' && mark != U'.'));
  }

  void take(const Character& next) {
    if (!is_han(next.c)) {
      const bool line_end = next.c == U'\n';
      if (now_.place > 0) end_line();
      now_.ended = line_end ? Place::Ended::by_line_end : Place::Ended::by_mark;
      return;
    }
    ChineseRules::Ways kept;
    std::array<Groups, 2> left;
    for (std::size_t first = 0; first < 2; ++first) {
      if (is_rhyme(first)) left[first] = groups_left(first);
    }
    for (std::size_t way = 0; way < ChineseRules::most_ways; ++way) {
      if (!now_.ways.test(way)) continue;
      if (!fits(next.sound.tones, rules().wanted(way, now_.line, now_.place))) continue;
      const std::size_t first = ChineseRules::first_rhymes(way);
      if (is_rhyme(first) && !rhymes_well(next, first, left[first])) continue;
      kept.set(way);
    }
    for (std::size_t first = 0; first < 2; ++first) {
      if (!is_rhyme(first)) continue;
      now_.groups[first] &= next.sound.groups;
      now_.rhymes[first].push_back(next.c);
    }
    now_.ways = kept;
    ++now_.place;
  }

  void end_line() {
    ++now_.line;
    now_.place = 0;
    if (now_.line == rules().most_lines()) {
      now_.done = true;
      return;
    }
    ChineseRules::Ways types;
    for (std::size_t way = 0; way < ChineseRules::most_ways; ++way) {
      if (now_.ways.test(way)) types.set(way | 1U).set(way & ~std::size_t{1});
    }
    now_.ways = types & setting_->viable & rules().ways(now_.line);
  }

  std::shared_ptr<const ChineseSetting> setting_;
  Place now_;
};

}  // namespace

std::unique_ptr<Constraint> chinese_constraint(const Form& form, const VerseOptions& options,
                                               const ChineseSounds& sounds,
                                               const std::vector<std::string>& vocabulary) {
  auto setting = chinese_setting(form, options, sounds, vocabulary);
  auto constraint = std::make_unique<ChineseConstraint>(std::move(setting));
  constraint->append_text(options.first_line);
  return constraint;
}

}  // namespace atelier::verse
