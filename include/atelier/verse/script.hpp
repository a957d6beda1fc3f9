// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::verse {

/// Simplified characters for traditional ones, one for one, by ICU's transliterator
/// Traditional-Simplified. This way each character has one answer.
///
/// Empty in a build without ICU, or where ICU answers with another number of characters.
[[nodiscard]] std::u32string to_simplified(std::u32string_view text);

/// Traditional characters for simplified ones by ICU's Simplified-Traditional. This way is a guess
/// where one simplified character stands for several (发 for 發 and 髮, 后 for 后 and 後): ICU
/// takes the most common one and a few words as wholes. For what people ask of a model of
/// traditional characters. Empty as above.
[[nodiscard]] std::u32string to_traditional(std::u32string_view text);

}  // namespace atelier::verse
