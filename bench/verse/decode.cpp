// SPDX-License-Identifier: Apache-2.0
// Poems of a simple model with constraints on and off, and what they keep of their forms.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/constraint.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "figures.hpp"
#include "ngram.hpp"
#include "pingshui.hpp"

namespace atelier::verse::bench {
namespace {

constexpr std::uint64_t poems_a_form = 200;
constexpr double temperature = 0.8;
constexpr std::size_t most_tokens = 1000;  // of a poem without constraints

using Tokens = std::vector<std::uint32_t>;

/// Pieces of text by their numbers. The empty one, 0, ends a poem; the longest that fits is taken.
class Vocabulary {
 public:
  explicit Vocabulary(const std::set<std::string>& pieces) : pieces_{""} {
    for (const std::string& piece : pieces) {
      longest_ = std::max(longest_, piece.size());
      numbers_[piece] = static_cast<std::uint32_t>(pieces_.size());
      pieces_.push_back(piece);
    }
  }

  /// What no piece spells is left out.
  [[nodiscard]] Tokens encode(std::string_view text) const {
    Tokens tokens{0};
    while (!text.empty()) {
      std::size_t size = std::min(longest_, text.size());
      auto found = numbers_.end();
      for (; size > 0 && found == numbers_.end(); --size) {
        found = numbers_.find(std::string(text.substr(0, size)));
      }
      if (found != numbers_.end()) tokens.push_back(found->second);
      text.remove_prefix(size + 1);
    }
    tokens.push_back(0);
    return tokens;
  }
  [[nodiscard]] const std::vector<std::string>& pieces() const { return pieces_; }

 private:
  std::vector<std::string> pieces_;
  std::map<std::string, std::uint32_t> numbers_;
  std::size_t longest_ = 0;
};

struct Writer {
  const Vocabulary& vocabulary;
  const Ngram& model;
  std::vector<double> steps;  ///< milliseconds of allowed()

  std::size_t draw(const Tokens& before, const std::vector<std::uint8_t>& allowed,
                   RandomStream& chance) const {
    std::vector<double> chances = model.after(before);
    double sum = 0;
    for (std::size_t i = 0; i < chances.size(); ++i) {
      chances[i] = allowed[i] != 0 ? std::pow(chances[i], 1 / temperature) : 0;
      sum += chances[i];
    }
    if (sum <= 0) fail(ErrorKind::internal, "no piece may follow.");
    double left = chance.uniform() * sum;
    std::size_t last = 0;
    for (std::size_t i = 0; i < chances.size(); ++i) {
      if (chances[i] <= 0) continue;
      last = i;
      left -= chances[i];
      if (left < 0) break;
    }
    return last;
  }

  /// A poem by the constraint, or without one.
  std::string write(Constraint* constraint, RandomStream& chance) {
    std::string poem;
    Tokens before{0};
    std::vector<std::uint8_t> allowed(vocabulary.pieces().size(), 1);
    while (before.size() < most_tokens && (!constraint || constraint->next() != Next::poem_end)) {
      if (constraint) {
        double seconds = 0;
        {
          const Stopwatch watch(seconds);
          constraint->allowed(allowed);
        }
        steps.push_back(seconds * 1000);
        allowed[0] = constraint->may_end() ? 1 : 0;
      }
      const std::size_t token = draw(before, allowed, chance);
      if (token == 0) break;
      if (constraint) constraint->append(token);
      before.push_back(static_cast<std::uint32_t>(token));
      poem += vocabulary.pieces()[token];
    }
    return poem;
  }
};

/// Of the reports on poems, the share that keep each part, and all.
ordered_json shares_kept(const std::vector<ordered_json>& reports) {
  std::map<std::string, double> kept;
  double all = 0;
  for (const ordered_json& report : reports) {
    for (const char* part : {"lines", "lengths", "metre", "tones", "rhyme"}) {
      kept[part] += report.contains(part) && report[part]["kept"].get<bool>() ? 1 : 0;
    }
    all += report["kept"].get<bool>() ? 1 : 0;
  }
  ordered_json shares;
  for (const auto& [part, count] : kept) {
    const bool asked =
        std::ranges::any_of(reports, [&](const auto& r) { return r.contains(part); });
    if (asked) shares[part] = share(count, static_cast<double>(reports.size()));
  }
  shares["all"] = share(all, static_cast<double>(reports.size()));
  return shares;
}

using Check = std::function<ordered_json(const std::string&)>;

std::vector<std::string> free_poems(Writer& writer) {
  std::vector<std::string> poems;
  for (std::uint64_t seed = 1; seed <= poems_a_form; ++seed) {
    RandomStream chance(seed, "decode");
    poems.push_back(writer.write(nullptr, chance));
  }
  return poems;
}

/// Poems with constraints, and those without, by each of the checks.
ordered_json poems_of(Writer& writer, const std::vector<std::string>& free,
                      const std::function<std::unique_ptr<Constraint>()>& make,
                      const std::map<std::string, Check>& checks) {
  ordered_json figures;
  double set_up = 0, writing = 0;
  std::unique_ptr<Constraint> fresh;
  {
    const Stopwatch watch(set_up);
    fresh = make();
  }
  writer.steps.clear();
  int dead_ends = 0;
  std::vector<std::string> kept;
  for (std::uint64_t seed = 1; seed <= poems_a_form; ++seed) {
    RandomStream chance(seed, "decode");
    const auto constraint = fresh->clone();
    const Stopwatch watch(writing);
    try {
      kept.push_back(writer.write(constraint.get(), chance));
    } catch (const Error&) {
      ++dead_ends;
    }
  }
  figures["example"] = kept.front();
  figures["dead_ends"] = dead_ends;
  for (const auto& [name, check] : checks) {
    std::vector<ordered_json> with, without;
    for (const std::string& poem : kept) with.push_back(check(poem));
    for (const std::string& poem : free) without.push_back(check(poem));
    figures[name] = {{"constrained", shares_kept(with)}, {"free", shares_kept(without)}};
  }
  std::ranges::sort(writer.steps);
  const std::vector<double>& steps = writer.steps;
  figures["set_up_s"] = set_up;
  figures["poem_s"] = writing / static_cast<double>(poems_a_form);
  figures["allowed_ms"] = {{"median", steps[steps.size() / 2]},
                           {"p95", steps[steps.size() * 95 / 100]},
                           {"most", steps.back()}};
  return figures;
}

/// The poem as it is printed: couplets in lines of their own.
std::string with_marks(const Poem& poem) {
  std::string text;
  for (std::size_t i = 0; i < poem.lines.size(); ++i) {
    text += poem.lines[i] + (i % 2 == 0 ? "，" : "。\n");
  }
  return text;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

/// The most common pieces of English: words with the blank before them, words that begin lines, and
/// each ASCII character, so that all can be spelled.
std::set<std::string> english_pieces(const std::vector<Poem>& poems) {
  constexpr std::size_t most = 6000;
  std::map<std::string, int> counts;
  for (const Poem& poem : poems) {
    const std::string text = joined(poem);
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i + 1;
      while (end < text.size() && is_letter(text[end])) ++end;
      if (end > i + 1 && (is_letter(text[i]) || text[i] == ' ')) ++counts[text.substr(i, end - i)];
      i = end;
    }
  }
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [piece, count] : counts) order.emplace_back(-count, piece);
  std::ranges::sort(order);
  std::set<std::string> pieces;
  for (std::size_t i = 0; i < std::min(most, order.size()); ++i) pieces.insert(order[i].second);
  for (char c = ' '; c < 127; ++c) pieces.insert(std::string(1, c));
  pieces.insert("\n");
  return pieces;
}

/// English words as they stand in the poems.
std::vector<std::string> words_of(const std::vector<Poem>& poems) {
  std::set<std::string> words;
  for (const Poem& poem : poems) {
    std::string word;
    for (const char c : joined(poem)) {
      if (is_letter(c)) {
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      } else if (!word.empty()) {
        words.insert(std::exchange(word, {}));
      }
    }
  }
  return {words.begin(), words.end()};
}

}  // namespace

ordered_json decode_chinese(const char* poems_path, const char* traditional,
                            const char* simplified) {
  const std::vector<Poem> poems = read_chinese_poems(text_of(poems_path));
  const ChineseSounds tang = ChineseSounds::tang();
  const ChineseSounds book = Pingshui(traditional, simplified).book_for(poems);
  std::set<std::string> pieces{"\n"};
  std::map<std::string, std::vector<std::string>> texts;
  for (const Poem& poem : poems) {
    const Form* form = regulated_form(poem);
    if (!form) continue;
    texts[form->name].push_back(with_marks(poem));
    for (const char32_t c : from_utf8(texts[form->name].back())) pieces.insert(to_utf8({&c, 1}));
  }
  const Vocabulary vocabulary(pieces);
  ordered_json figures{{"pieces", pieces.size()}};
  for (const auto& [name, own] : texts) {
    Ngram model(vocabulary.pieces().size());
    for (const std::string& text : own) model.learn(vocabulary.encode(text));
    Writer writer{vocabulary, model, {}};
    const Form& form = find_form(name);
    figures[name] = poems_of(
        writer, free_poems(writer),
        [&] { return chinese_constraint(form, {}, tang, vocabulary.pieces()); },
        {{"by_the_table", [&](const auto& poem) { return check_chinese(poem, form, {}, tang); }},
         {"by_pingshui", [&](const auto& poem) { return check_chinese(poem, form, {}, book); }}});
  }
  return figures;
}

void decode_english(const char* poems_path, const char* dictionary,
                    const std::function<void(const ordered_json&)>& report) {
  const std::vector<Poem> poems = read_english_poems(text_of(poems_path));
  double reading = 0;
  EnglishSounds sounds = [&] {
    const Stopwatch watch(reading);
    return EnglishSounds::read_dictionary(dictionary);
  }();
  sounds.limit_words(words_of(poems));
  const Vocabulary vocabulary(english_pieces(poems));
  Ngram model(vocabulary.pieces().size());
  for (const Poem& poem : poems) model.learn(vocabulary.encode(joined(poem)));
  Writer writer{vocabulary, model, {}};
  const std::vector<std::string> free = free_poems(writer);
  report({{"pieces", vocabulary.pieces().size()},
          {"words", sounds.words().size()},
          {"dictionary_s", reading}});
  for (const char* name : {"haiku", "limerick", "quatrain", "sonnet", "ballad", "petrarchan"}) {
    const Form& form = find_form(name);
    report(
        {{name, poems_of(writer, free,
                         [&] { return english_constraint(form, {}, sounds, vocabulary.pieces()); },
                         {{"kept", [&](const auto& poem) {
                             return check_english(poem, form, {}, sounds);
                           }}})}});
  }
}

}  // namespace atelier::verse::bench
