// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for palette files: the first byte says which format the rest is; any bytes are
// refused, or read as a palette that is written and read back.
#include <cstdint>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/palette/palette_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::palette;
  if (size == 0) return 0;
  const auto format = static_cast<Format>(data[0] % 4);
  try {
    const Palette palette =
        decode({reinterpret_cast<const char*>(data) + 1, size - 1}, format, "fuzz");
    for (const Format to : {Format::gpl, Format::ase, Format::css, Format::json}) {
      if (decode(encode(palette, to), to, "again").colours.size() != palette.colours.size())
        __builtin_trap();
    }
  } catch (const atelier::Error&) {
  }
  return 0;
}
