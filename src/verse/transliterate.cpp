// SPDX-License-Identifier: Apache-2.0
#include "verse/transliterate.hpp"

#include "atelier/base/error.hpp"

#ifdef ATELIER_HAVE_ICU
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#endif

namespace atelier::verse {

#ifdef ATELIER_HAVE_ICU

bool have_transliterator() {
  return true;
}

std::u32string transliterated(std::u32string_view text, const char* rules) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> change(
      icu::Transliterator::createInstance(rules, UTRANS_FORWARD, error));
  if (!change || U_FAILURE(error)) {
    fail(ErrorKind::missing_capability, "ICU has no rules {} ({}); install ICU's full data.", rules,
         u_errorName(error));
  }
  icu::UnicodeString changed;
  for (const char32_t c : text) changed.append(static_cast<UChar32>(c));
  change->transliterate(changed);
  std::u32string result;
  for (int32_t i = 0; i < changed.length(); i = changed.moveIndex32(i, 1)) {
    result.push_back(static_cast<char32_t>(changed.char32At(i)));
  }
  return result;
}

#else

bool have_transliterator() {
  return false;
}

std::u32string transliterated(std::u32string_view, const char* rules) {
  fail(ErrorKind::missing_capability,
       "this build of Atelier has no ICU for {}; build it with ICU (Debian: libicu-dev).", rules);
}

#endif

}  // namespace atelier::verse
