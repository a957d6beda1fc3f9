// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/verse/form.hpp"
#include "atelier/verse/poems.hpp"

// What atelier_verse_bench measures; main.cpp says how to run it. All answers are JSON.
namespace atelier::verse::bench {

using nlohmann::ordered_json;

[[nodiscard]] std::string text_of(const char* path);
[[nodiscard]] double share(double part, double whole);
/// A poem's lines, each with a line's end.
[[nodiscard]] std::string joined(const Poem& poem);
/// The regulated form whose lines and lengths a poem has, null for none.
[[nodiscard]] const Form* regulated_form(const Poem& poem);

/// Writes the table of sounds that the poems teach.
void learn(const char* poems, const char* out);
/// How the learned sounds agree with the Pingshui lexicon, and what real poems keep by either.
[[nodiscard]] ordered_json chinese(const char* poems, const char* traditional,
                                   const char* simplified);
/// What real sonnets keep; what poems keep of a ballad, and any four of their lines of a quatrain.
[[nodiscard]] ordered_json english(const char* poems, const char* dictionary);
/// What forms an appraisal tells of real poems, and of their lines in another order.
[[nodiscard]] ordered_json told_forms(const char* tang_poems, const char* english_poems,
                                      const char* dictionary);
/// What texts that `atelier write --json` told keep of a form, whether it was asked of them or not.
[[nodiscard]] ordered_json kept(const char* form, const char* texts, const char* dictionary);
/// How well words that the dictionary lacks are pronounced.
[[nodiscard]] ordered_json letters(const char* dictionary);
/// Poems of an n-gram model, with constraints and without.
[[nodiscard]] ordered_json decode_chinese(const char* poems, const char* traditional,
                                          const char* simplified);
/// The same, reported form by form.
void decode_english(const char* poems, const char* dictionary,
                    const std::function<void(const ordered_json&)>& report);

}  // namespace atelier::verse::bench
