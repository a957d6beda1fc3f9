// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for the readers of outside text: files of poems, pronouncing dictionaries,
// tables of sounds and poems to be checked are read or refused, nothing else.
#include <cstdint>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/verse/check.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "atelier/verse/poems.hpp"
#include "small_dictionary.hpp"

namespace {

/// Runs a reader; an Error is an answer too.
template <class Read>
void read(const Read& reader) {
  try {
    static_cast<void>(reader());
  } catch (const atelier::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::verse;
  static const auto english = EnglishSounds::from_dictionary(test::small_dictionary);
  static const ChineseSounds chinese;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read([&] { return read_chinese_poems(text); });
  read([&] { return read_english_poems(text); });
  read([&] { return read_pronunciations(text); });
  read([&] { return ChineseSounds::from_table(nlohmann::json::parse(text, nullptr, false)); });
  for (const Form& form : forms()) {
    read([&] {
      return form.language == Language::chinese ? check_chinese(text, form, {}, chinese)
                                                : check_english(text, form, {}, english);
    });
  }
  return 0;
}
