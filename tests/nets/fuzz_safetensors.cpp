// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for the reader of safetensors: any bytes are read or refused, nothing else.
#include <cstdint>

#include "atelier/base/error.hpp"
#include "nets/safetensors_header.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    static_cast<void>(atelier::nets::parse_safetensors(std::as_bytes(std::span(data, size))));
  } catch (const atelier::Error&) {
  }
  return 0;
}
