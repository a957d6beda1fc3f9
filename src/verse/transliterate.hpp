// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::verse {

/// Whether this build has ICU.
[[nodiscard]] bool have_transliterator();

/// Text by one of ICU's transliterators ("Han-Latin"); the only place that knows ICU. Throws Error
/// missing_capability in a build without ICU, or where ICU's data lack the rules.
[[nodiscard]] std::u32string transliterated(std::u32string_view text, const char* rules);

}  // namespace atelier::verse
