// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for ABC: any text is refused, or read as scores that are written and read back.
#include <cstdint>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/music/abc.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::music;
  try {
    for (const std::string_view tune : abc_tunes({reinterpret_cast<const char*>(data), size})) {
      const Score score = read_abc(tune);
      check(score);
      if (score.notes.size() > 2000 || score.length > 4'000'000) continue;  // slow
      if (read_abc(write_abc(score)).notes.size() != score.notes.size()) __builtin_trap();
    }
  } catch (const atelier::Error&) {
  }
  return 0;
}
