// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for the JSON of chorales: any bytes are refused or read as pieces of four
// voices.
#include <cstdint>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/music/chorale.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::music;
  try {
    for (const auto& [name, pieces] : read_chorales({reinterpret_cast<const char*>(data), size})) {
      for (const Chorale& piece : pieces) {
        if (to_chorale(to_score(piece)) != piece) __builtin_trap();
      }
    }
  } catch (const atelier::Error&) {
  }
  return 0;
}
