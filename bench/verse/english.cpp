// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "figures.hpp"
#include "verse/letter_to_sound.hpp"

namespace atelier::verse::bench {

namespace {

/// What some poems keep of a form.
class Kept {
 public:
  void add(const ordered_json& report) {
    if (!report.at("lines").at("kept")) return;  // of some lines nothing is said
    const ordered_json &rhyme = report.at("rhyme"), &metre = report.at("metre");
    const bool rhymes = rhyme.at("kept"), scans = metre.at("kept");
    poems_.add(rhymes && scans ? 1 : 0, 1);
    pairs_.add(rhyme.at("right"), rhyme.at("asked"));
    lines_.add(metre.at("right"), metre.at("asked"));
    rhymed_.add(rhymes ? 1 : 0, 1);
    if (scans) rhymed_in_metre_.add(rhymes ? 1 : 0, 1);
  }

  [[nodiscard]] ordered_json figures() const {
    return {{"poems", poems_.of},
            {"all", poems_.share()},
            {"all_rhymes", rhymed_.share()},
            {"rhymes", pairs_.share()},
            {"lines_in_metre", lines_.share()},
            {"all_in_metre", rhymed_in_metre_.of},
            {"all_rhymes_of_all_in_metre", rhymed_in_metre_.share()}};
  }

 private:
  struct Sum {
    double right = 0, of = 0;
    void add(double more, double of_more) {
      right += more;
      of += of_more;
    }
    [[nodiscard]] double share() const { return bench::share(right, of); }
  };
  Sum poems_, rhymed_, pairs_, lines_, rhymed_in_metre_;
};

/// The better of two readings of fourteen lines, if it keeps seven in ten rhymes: others are no
/// sonnets.
void add_sonnet(const Poem& poem, const EnglishSounds& sounds, std::map<std::string, Kept>& to) {
  for (const char* rhyme : {"perfect", "near"}) {
    VerseOptions options;
    options.rhyme = rhyme;
    ordered_json best;
    std::string form_kept;
    for (const char* name : {"sonnet", "petrarchan"}) {
      const ordered_json report = check_english(joined(poem), find_form(name), options, sounds);
      if (best.is_null() || report["rhyme"]["right"] > best["rhyme"]["right"]) {
        best = report;
        form_kept = name;
      }
    }
    const double pairs = best["rhyme"]["asked"], right = best["rhyme"]["right"];
    if (pairs > 0 && right >= 0.7 * pairs) to[form_kept + " " + rhyme].add(best);
  }
}

}  // namespace

ordered_json english(const char* poems_path, const char* dictionary) {
  const auto sounds = EnglishSounds::read_dictionary(dictionary);
  std::map<std::string, Kept> all;
  const auto add = [&](const char* form, const VerseOptions& options, const Poem& poem) {
    all[form].add(check_english(joined(poem), find_form(form), options, sounds));
  };
  for (Poem& poem : read_english_poems(text_of(poems_path))) {
    std::erase(poem.lines, "");
    const std::size_t lines = poem.lines.size();
    if (lines == 14) add_sonnet(poem, sounds, all);
    // Most poems have lost the gaps between their stanzas.
    if (lines % 4 != 0 || lines > 48) continue;
    VerseOptions options;
    options.stanzas = static_cast<int>(lines / 4);
    add("ballad", options, poem);
    for (auto line = poem.lines.begin(); line != poem.lines.end(); line += 4) {
      add("quatrain", {}, {poem.title, poem.author, {line, line + 4}});
    }
  }
  ordered_json figures;
  for (const auto& [name, kept] : all) figures[name] = kept.figures();
  return figures;
}

/// Letter to sound on one dictionary word in ten, the rules learned from the others.
ordered_json letters(const char* dictionary) {
  std::vector<std::pair<std::string, Pronunciation>> trained;
  std::map<std::string, std::vector<Pronunciation>> held_out;
  for (const auto& entry : read_pronunciations(text_of(dictionary))) {
    const std::string digest = sha256(std::as_bytes(std::span(entry.first)));
    if (std::stoul(digest.substr(0, 7), nullptr, 16) % 10 == 0) {
      held_out[entry.first].push_back(entry.second);
    } else {
      trained.push_back(entry);
    }
  }
  const LetterToSound rules(trained);
  double syllables = 0, rhyme = 0, stress = 0, whole = 0;
  const auto words = static_cast<double>(held_out.size());
  for (const auto& [word, said] : held_out) {
    const Pronunciation guess = rules.pronounce(word);
    const auto any = [&](auto&& same) { return std::ranges::any_of(said, same) ? 1 : 0; };
    syllables += any([&](const auto& p) { return p.syllables() == guess.syllables(); });
    rhyme += any([&](const auto& p) { return p.rhyme_part() == guess.rhyme_part(); });
    stress += any([&](const auto& p) {
      return p.syllables() == guess.syllables() &&
             p.stresses().find('1') == guess.stresses().find('1');
    });
    whole += any([&](const auto& p) { return p == guess; });
  }
  return {{"words", words},
          {"syllables", share(syllables, words)},
          {"stress", share(stress, words)},
          {"rhyme_part", share(rhyme, words)},
          {"all_phones", share(whole, words)}};
}

}  // namespace atelier::verse::bench
