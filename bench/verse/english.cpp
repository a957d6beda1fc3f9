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

ordered_json english(const char* poems_path, const char* dictionary) {
  const auto sounds = EnglishSounds::read_dictionary(dictionary);
  struct Sums {
    double poems = 0, kept = 0, pairs = 0, rhymed = 0, lines = 0, scan = 0;
  };
  std::map<std::string, Sums> all;
  for (const Poem& poem : read_english_poems(text_of(poems_path))) {
    const auto lines = std::ranges::count_if(poem.lines, [](const auto& l) { return !l.empty(); });
    if (lines != 14) continue;
    for (const char* rhyme : {"perfect", "near"}) {
      ordered_json best;
      std::string form_kept;
      for (const char* name : {"sonnet", "petrarchan"}) {
        VerseOptions options;
        options.rhyme = rhyme;
        const ordered_json report = check_english(joined(poem), find_form(name), options, sounds);
        if (best.is_null() || report["rhyme"]["right"] > best["rhyme"]["right"]) {
          best = report;
          form_kept = name;
        }
      }
      const double pairs = best["rhyme"]["asked"], right = best["rhyme"]["right"];
      if (pairs == 0) continue;
      // Fourteen lines that rhyme by neither scheme are no sonnet.
      if (right < 0.7 * pairs) continue;
      Sums& sums = all[form_kept + " " + rhyme];
      sums.poems += 1;
      sums.kept += best["rhyme"]["kept"].get<bool>() ? 1 : 0;
      sums.pairs += pairs;
      sums.rhymed += right;
      sums.lines += best["metre"]["asked"].get<double>();
      sums.scan += best["metre"]["right"].get<double>();
    }
  }
  ordered_json figures;
  for (const auto& [name, sums] : all) {
    figures[name] = {{"poems", sums.poems},
                     {"all_rhymes", share(sums.kept, sums.poems)},
                     {"rhymes", share(sums.rhymed, sums.pairs)},
                     {"lines_in_metre", share(sums.scan, sums.lines)}};
  }
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
