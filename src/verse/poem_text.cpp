// SPDX-License-Identifier: Apache-2.0
#include "verse/poem_text.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::verse {

std::u32string poem_from_utf8(std::string_view poem) {
  constexpr std::size_t most = std::size_t{1} << 20;
  if (poem.size() > most) {
    fail(ErrorKind::bad_input, "the poem is {} bytes; at most {} are read.", poem.size(), most);
  }
  return from_utf8(poem, "the poem");
}

}  // namespace atelier::verse
