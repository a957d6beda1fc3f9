// SPDX-License-Identifier: Apache-2.0
#include "verse/english_setting.hpp"

#include <algorithm>

namespace atelier::verse {

EnglishSetting::EnglishSetting(const Form& form, const VerseOptions& options,
                               const EnglishSounds& sounds,
                               const std::vector<std::string>& vocabulary)
    : plan_(form, options), sounds_(sounds), lexicon_(plan_, sounds, vocabulary) {}

SharedBeginnings EnglishSetting::beginnings(const Asked& asked) {
  const std::lock_guard lock(mutex_);
  if (const auto known = known_.find(asked); known != known_.end()) return known->second;
  auto found = std::make_shared<Beginnings>(lexicon_.trie().nodes());
  for (int index = 0; index < lexicon_.size(); ++index) {
    if (asked.letter != 0 && lexicon_.spelling(index).front() != asked.letter) continue;
    if (std::ranges::any_of(lexicon_.word(index).readings,
                            [&](const Reading& reading) { return answers(reading, asked); })) {
      lexicon_.add_beginnings(index, *found);
    }
  }
  constexpr std::size_t most = 256;
  if (known_.size() >= most) known_.clear();
  known_[asked] = found;
  return found;
}

bool EnglishSetting::answers(const Reading& reading, const Asked& asked) const {
  if ((plan_.after(asked.from, reading.shape) & asked.to) == 0) return false;
  return asked.least == 0 || std::ranges::any_of(plan_.keys(reading), [&](std::uint64_t key) {
           return lexicon_.supply(key, asked.measures) >= asked.least;
         });
}

}  // namespace atelier::verse
