// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/learn_sounds.hpp"
#include "figures.hpp"
#include "pingshui.hpp"

namespace atelier::verse::bench {

using nlohmann::json;

void learn(const char* poems, const char* out) {
  const std::string text = text_of(poems);
  ordered_json table{{"about", "sounds of the Tang poets; see verse_zh.md"},
                     {"poems_sha256", sha256(std::as_bytes(std::span(text)))}};
  table.update(learn_sounds(read_chinese_poems(text)));
  write_file(out, table.dump(1) + '\n');
}

namespace {

/// Agreement with the lexicon, a character's occurrence each time.
ordered_json agreement(const std::vector<Poem>& poems, const ChineseSounds& learned,
                       const ChineseSounds& book) {
  double known = 0, right = 0, undecided = 0, wrong = 0, several = 0, covered = 0, missing = 0;
  std::map<std::size_t, std::map<std::size_t, double>> votes;  // learned group, lexicon's
  std::map<char32_t, double> rhymes;
  for (const Poem& poem : poems) {
    if (!regulated_form(poem)) continue;
    for (std::size_t line = 0; line < poem.lines.size(); ++line) {
      const std::u32string text = from_utf8(poem.lines[line], "a line");
      if (line % 2 == 1) rhymes[text.back()] += 1;
      for (const char32_t c : text) {
        const Tones truth = book.of(c).tones, guess = learned.of(c).tones;
        if (truth == no_tone) continue;
        if (truth == either_tone) {
          several += 1;
          covered += guess == no_tone ? 0 : 1;
          continue;
        }
        known += 1;
        (guess == truth         ? right
         : guess == either_tone ? undecided
         : guess == no_tone     ? missing
                                : wrong) += 1;
      }
    }
  }
  // A learned group stands for the lexicon's group that most of its rhymes are of.
  for (const auto& [c, count] : rhymes) {
    const Sound truth = book.of(c), guess = learned.of(c);
    for (std::size_t g = 0; g < most_groups; ++g) {
      for (std::size_t h = 0; guess.groups.test(g) && h < most_groups; ++h) {
        if (truth.groups.test(h)) {
          votes[g][h] += count / static_cast<double>(truth.groups.count());
        }
      }
    }
  }
  std::map<std::size_t, std::size_t> stands_for;
  std::set<std::size_t> met;
  for (const auto& [g, counts] : votes) {
    stands_for[g] =
        std::ranges::max_element(counts, {}, [](const auto& v) { return v.second; })->first;
    met.insert(stands_for[g]);
  }
  double all = 0, grouped = 0, same = 0;
  for (const auto& [c, count] : rhymes) {
    const Sound truth = book.of(c), guess = learned.of(c);
    if (truth.groups.none()) continue;
    all += count;
    if (guess.groups.none()) continue;
    grouped += count;
    for (std::size_t g = 0; g < most_groups; ++g) {
      if (!guess.groups.test(g) || !truth.groups.test(stands_for[g])) continue;
      same += count;
      break;
    }
  }
  return {{"tones",
           {{"characters_of_one_tone", known},
            {"right", share(right, known)},
            {"either", share(undecided, known)},
            {"unknown", share(missing, known)},
            {"wrong", share(wrong, known)},
            {"characters_of_both", several}}},
          {"rhymes",
           {{"characters", all},
            {"in_a_group", share(grouped, all)},
            {"in_the_right_group", share(same, grouped)},
            {"learned_groups", votes.size()},
            {"lexicon_groups_met", met.size()}}}};
}

/// Shares of poems that keep what their form asks.
ordered_json kept(const std::vector<Poem>& poems, const ChineseSounds& book) {
  struct Sums {
    double poems = 0, rhyme = 0, tones = 0, both = 0, asked = 0, right = 0;
  };
  std::map<std::string, Sums> forms_met;
  for (const Poem& poem : poems) {
    const Form* form = regulated_form(poem);
    if (!form) continue;
    const ordered_json report = check_chinese(joined(poem), *form, {}, book);
    for (const std::string& name : {form->name, std::string("all")}) {
      Sums& sums = forms_met[name];
      const bool rhyme = report["rhyme"]["kept"], tones = report["tones"]["kept"];
      sums.poems += 1;
      sums.rhyme += rhyme ? 1 : 0;
      sums.tones += tones ? 1 : 0;
      sums.both += rhyme && tones ? 1 : 0;
      sums.asked += report["tones"]["asked"].get<double>();
      sums.right += report["tones"]["right"].get<double>();
    }
  }
  ordered_json result;
  for (const auto& [name, sums] : forms_met) {
    result[name] = {{"poems", sums.poems},
                    {"rhyme", share(sums.rhyme, sums.poems)},
                    {"tones", share(sums.tones, sums.poems)},
                    {"both", share(sums.both, sums.poems)},
                    {"places", share(sums.right, sums.asked)}};
  }
  return result;
}

}  // namespace

ordered_json chinese(const char* poems_path, const char* traditional, const char* simplified) {
  const std::vector<Poem> poems = read_chinese_poems(text_of(poems_path));
  const ChineseSounds learned = ChineseSounds::tang();
  Pingshui pingshui(traditional, simplified);
  const ChineseSounds book = pingshui.book_for(poems);
  ordered_json figures{{"not_in_the_lexicon", pingshui.strange()},
                       {"agreement", agreement(poems, learned, book)}};
  // A table of every other poem, measured on the others.
  std::vector<Poem> one, other;
  for (std::size_t i = 0; i < poems.size(); ++i) (i % 2 == 0 ? one : other).push_back(poems[i]);
  const ChineseSounds half = ChineseSounds::from_table(json(learn_sounds(one)));
  figures["agreement_of_half"] = agreement(other, half, book);
  figures["kept_by_tang"] = kept(poems, learned);
  figures["kept_by_half"] = kept(other, half);
  figures["kept_by_pingshui"] = kept(poems, book);
  figures["kept_by_modern18"] = kept(poems, ChineseSounds::modern(18));
  return figures;
}

}  // namespace atelier::verse::bench
