// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/script.hpp"

#include "verse/transliterate.hpp"

namespace atelier::verse {
namespace {

std::u32string same_length(std::u32string_view text, const char* rules) {
  std::u32string result = transliterated(text, rules);
  return result.size() == text.size() ? result : std::u32string();
}

}  // namespace

std::u32string to_simplified(std::u32string_view text) {
  return have_transliterator() ? same_length(text, "Traditional-Simplified") : std::u32string();
}

std::u32string to_traditional(std::u32string_view text) {
  return have_transliterator() ? same_length(text, "Simplified-Traditional") : std::u32string();
}

}  // namespace atelier::verse
