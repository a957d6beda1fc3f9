// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/verse/constraint.hpp"
#include "verse/english_steps.hpp"
#include "verse/english_text.hpp"

namespace atelier::verse {
namespace {

class EnglishConstraint final : public Constraint {
 public:
  explicit EnglishConstraint(std::shared_ptr<EnglishSetting> setting)
      : setting_(std::move(setting)), steps_(*setting_) {
    now_.viable = static_cast<std::uint32_t>((std::uint64_t{1} << plan().variants().size()) - 1);
    steps_.look(now_);
  }

  void allowed(std::span<std::uint8_t> allowed) const override {
    const auto& pieces = lexicon().pieces();
    Memory memory;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      allowed[i] = may_follow(pieces[i], memory) ? 1 : 0;
    }
  }

  void append(std::size_t piece) override {
    const EnglishPiece& next = lexicon().pieces().at(piece);
    Memory memory;
    if (!may_follow(next, memory)) {
      fail(ErrorKind::invalid_argument, "piece {} ('{}{}{}') does not keep the poem in its form.",
           piece, next.before, next.letters, next.after);
    }
    steps_.take(now_, next.before);
    steps_.look(now_);
    if (!next.letters.empty()) steps_.add_letters(now_, next.letters, false);
    steps_.take(now_, next.after);
    steps_.look(now_);
  }

  void append_text(std::string_view text) override {
    Place place = now_;
    for (const char c : plain_english(text)) {
      steps_.look(place);
      bool good = true;
      if (c != ' ' && c != '\n') {
        good = place.where != Where::done && (place.where != Where::after_word || place.at != 0) &&
               steps_.fits_acrostic(place, c);
        if (good) steps_.add_letters(place, {&c, 1}, true);
      } else if (place.where == Where::in_word) {
        good = steps_.step(place, c == '\n' ? '\n' : '.');
      } else if (c == '\n' && place.where == Where::after_word) {
        good = steps_.step(place, '\n');
      }
      if (!good) {
        fail(ErrorKind::invalid_argument,
             "line {} leaves the form at '{}{}'; change the text, or ask for less (metre, rhyme, "
             "acrostic).",
             place.ended.size() + 1, place.word, c == '\n' ? ' ' : c);
      }
    }
    steps_.look(place);
    now_ = std::move(place);
  }

  [[nodiscard]] Next next() const override {
    if (now_.where == Where::done) return Next::poem_end;
    if (now_.where == Where::after_word) return now_.at == 0 ? Next::line_end : Next::text;
    if (now_.where != Where::in_word) return Next::text;
    Place place = now_;
    if (steps_.step(place, ' ')) return Next::text;
    if (now_.node == WordTrie::none) return Next::line_end;
    const auto words = next_words(now_);
    const std::vector<int> children = lexicon().trie().children(now_.node);
    const bool longer = std::ranges::any_of(children, [&](int child) { return has(words, child); });
    return longer ? Next::text : Next::line_end;
  }

  [[nodiscard]] bool may_end() const override {
    Place place = now_;
    const bool between =
        place.where == Where::done || (place.where == Where::line_begins && !place.opened);
    if (!between && !steps_.step(place, '\n')) return false;
    return static_cast<int>(place.ended.size()) >= plan().least_lines();
  }

  [[nodiscard]] std::unique_ptr<Constraint> clone() const override {
    return std::make_unique<EnglishConstraint>(*this);
  }

 private:
  using NextWords = std::vector<SharedBeginnings>;

  /// What many candidates share, by the signs before their letters.
  struct Memory {
    struct Stepped {
      std::optional<Place> place;  ///< none where the signs may not come
      std::optional<NextWords> words;
    };
    std::map<std::string, Stepped> stepped;
  };

  [[nodiscard]] const EnglishPlan& plan() const { return setting_->plan(); }
  [[nodiscard]] const EnglishLexicon& lexicon() const { return setting_->lexicon(); }

  static bool has(const NextWords& words, int node) {
    return std::ranges::any_of(words, [&](const auto& part) { return part->has(node); });
  }

  /// Beginnings of the words that may come next, or that the word being written may be.
  [[nodiscard]] NextWords next_words(const Place& place) const {
    const char letter = steps_.letter_wanted(place);
    NextWords words{setting_->beginnings({place.at, place.facts->go_on, 0, 0, letter})};
    for (const Need& need : place.facts->needs) {
      if (need.uses_before.empty()) {
        const int least = need.uses_after > 0 ? need.uses_after + 1 : 0;
        words.push_back(setting_->beginnings({place.at, need.ends, need.measures, least, letter}));
      } else {
        words.push_back(rhyming_words(place, need, letter));
      }
    }
    return words;
  }

  [[nodiscard]] SharedBeginnings rhyming_words(const Place& place, const Need& need,
                                               char letter) const {
    auto found = std::make_shared<Beginnings>(lexicon().trie().nodes());
    for (const auto& [key, left] : need.keys) {
      for (const int index : lexicon().rhymes(key)) {
        const std::string& word = lexicon().spelling(index);
        if (letter != 0 && word.front() != letter) continue;
        for (const Reading& reading : lexicon().word(index).readings) {
          const Places to = plan().after(place.at, reading.shape);
          if (!meets(need, plan(), lexicon(), word, reading, to)) continue;
          lexicon().add_beginnings(index, *found);
          break;
        }
      }
    }
    return found;
  }

  [[nodiscard]] bool may_follow(const EnglishPiece& piece, Memory& memory) const {
    if (!piece.usable) return false;
    auto [known, fresh] = memory.stepped.try_emplace(piece.before);
    Memory::Stepped& stepped = known->second;
    if (fresh) {
      Place place = now_;
      if (steps_.take(place, piece.before)) stepped.place = std::move(place);
    }
    if (!stepped.place) return false;
    const Place& place = *stepped.place;
    if (piece.letters.empty()) {
      return place.where != Where::word_must_follow || some_word_begins(stepped);
    }
    const bool goes_on = place.where == Where::in_word;
    if (goes_on ? piece.capital
                : place.where != Where::line_begins && place.where != Where::word_must_follow) {
      return false;
    }
    if (goes_on && place.node == WordTrie::none) return false;
    const int node = goes_on ? lexicon().trie().walk(place.node, piece.letters) : piece.begins;
    if (node == WordTrie::none) return false;
    if (piece.after.empty()) return has(words_of(stepped), node);
    if (!steps_.fits_acrostic(place, piece.letters.front())) return false;
    Place whole = place;
    steps_.look(whole);
    steps_.add_letters(whole, piece.letters, false);
    return steps_.take(whole, piece.after) &&
           (whole.where != Where::word_must_follow || word_can_begin(whole));
  }

  const NextWords& words_of(Memory::Stepped& stepped) const {
    if (!stepped.words) {
      steps_.look(*stepped.place);
      stepped.words = next_words(*stepped.place);
    }
    return *stepped.words;
  }

  /// Whether a piece without signs before it begins a word that may come next.
  [[nodiscard]] bool some_word_begins(Memory::Stepped& stepped) const {
    return begins_one_of(words_of(stepped));
  }
  [[nodiscard]] bool word_can_begin(const Place& place) const {
    return begins_one_of(next_words(place));
  }
  [[nodiscard]] bool begins_one_of(const NextWords& words) const {
    return std::ranges::any_of(lexicon().pieces(), [&](const EnglishPiece& piece) {
      if (!piece.usable || piece.letters.empty()) return false;
      if (!piece.before.empty() || !piece.after.empty()) return false;
      return piece.begins != WordTrie::none && has(words, piece.begins);
    });
  }

  std::shared_ptr<EnglishSetting> setting_;
  EnglishSteps steps_;
  Place now_;
};

}  // namespace

std::unique_ptr<Constraint> english_constraint(const Form& form, const VerseOptions& options,
                                               const EnglishSounds& sounds,
                                               const std::vector<std::string>& vocabulary) {
  auto constraint = std::make_unique<EnglishConstraint>(
      std::make_shared<EnglishSetting>(form, options, sounds, vocabulary));
  constraint->append_text(options.first_line);
  return constraint;
}

}  // namespace atelier::verse
