// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "atelier/verse/chinese_sounds.hpp"
#include "atelier/verse/form.hpp"
#include "atelier/verse/options.hpp"

namespace atelier::verse {

class EnglishSounds;

/// What a form asks of a poem and what the poem kept, as JSON. "kept" at the top says whether it
/// kept all; each part ("lines", "lengths", "tones", "rhyme", "acrostic") has its own "kept" beside
/// what was asked and found, and is left out where nothing is asked. Lines and places count from 1.
/// Of the types that the form has, the report is on the one that the poem keeps best: "type".
///
/// "tones": of "asked" places that the type does not leave free, "right" are as they should be;
/// "faults" lists the others.
/// "rhyme": of "asked" lines that must rhyme, the "right" ones share one group of the book;
/// "repeated" lists characters that rhyme twice, which is not allowed.
///
/// Throws Error bad_input for broken UTF-8 and for more than 1 MiB; invalid_argument as
/// chinese_constraint() does.
[[nodiscard]] nlohmann::ordered_json check_chinese(std::string_view poem, const Form& form,
                                                   const VerseOptions& options,
                                                   const ChineseSounds& sounds);

/// The same for English. "scheme" takes the place of the type. "metre": lines "right" of those
/// "asked" that can be read in their measure, with any of their words' pronunciations, so that
/// their number of syllables is right, too; "syllables": what each line can have at least and at
/// most. "rhyme": pairs of lines that the scheme joins, and how many rhyme. "unknown": words that
/// the dictionary lacks and that are pronounced by their letters.
[[nodiscard]] nlohmann::ordered_json check_english(std::string_view poem, const Form& form,
                                                   const VerseOptions& options,
                                                   const EnglishSounds& sounds);

}  // namespace atelier::verse
