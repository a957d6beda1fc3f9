// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "atelier/base/random.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "atelier/verse/portrait.hpp"
#include "figures.hpp"

namespace atelier::verse::bench {
namespace {

constexpr std::uint64_t seed = 1;

/// A poem of the same lines in another order: measures are kept, rhymes are where chance puts them.
Poem shuffled(Poem poem, RandomStream& random) {
  std::erase(poem.lines, "");
  for (std::size_t i = poem.lines.size(); i > 1; --i) {
    std::swap(poem.lines[i - 1], poem.lines[random.next() % i]);
  }
  return poem;
}

/// How often each form is told of poems, and of the same poems shuffled.
template <class Portray>
class Told {
 public:
  explicit Told(Portray portray) : portray_(std::move(portray)), random_(seed, "lines") {}

  /// `shape`: what poem it is, by its number of lines alone.
  void add(const std::string& shape, const Poem& poem) {
    Counts& counts = of_[shape];
    ++counts.poems;
    ++counts.told[portray_(joined(poem)).form];
    ++counts.told_shuffled[portray_(joined(shuffled(poem, random_))).form];
  }

  [[nodiscard]] ordered_json figures() const {
    ordered_json all;
    for (const auto& [shape, counts] : of_) {
      ordered_json& of = all[shape] = {{"poems", counts.poems}};
      for (const auto& [form, count] : counts.told) of["told"][named(form)] = count;
      for (const auto& [form, count] : counts.told_shuffled) of["shuffled"][named(form)] = count;
    }
    return all;
  }

 private:
  struct Counts {
    int poems = 0;
    std::map<std::string, int> told, told_shuffled;
  };
  static std::string named(const std::string& form) { return form.empty() ? "none" : form; }

  Portray portray_;
  RandomStream random_;
  std::map<std::string, Counts> of_;
};

}  // namespace

ordered_json told_forms(const char* tang_poems, const char* english_poems, const char* dictionary) {
  const ChineseSounds tang = ChineseSounds::tang();
  Told chinese([&](const std::string& poem) { return portrait_of_chinese(poem, tang); });
  for (const Poem& poem : read_chinese_poems(text_of(tang_poems))) {
    if (const Form* form = regulated_form(poem)) chinese.add(form->name, poem);
  }
  const auto sounds = EnglishSounds::read_dictionary(dictionary);
  Told english([&](const std::string& poem) { return portrait_of_english(poem, sounds); });
  for (const Poem& poem : read_english_poems(text_of(english_poems))) {
    const auto lines = std::ranges::count_if(poem.lines, [](const auto& l) { return !l.empty(); });
    english.add(std::to_string(lines) + " lines", poem);
  }
  return {{"chinese", chinese.figures()}, {"english", english.figures()}};
}

}  // namespace atelier::verse::bench
