// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for the readers of torch's pickles: any bytes are read or refused, nothing
// else.
#include <cstdint>

#include "atelier/base/error.hpp"
#include "nets/state_dict.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  try {
    if (atelier::nets::is_legacy_torch_file(bytes)) {
      static_cast<void>(atelier::nets::read_legacy_torch_file(bytes));
    } else {
      static_cast<void>(atelier::nets::read_state_dict(bytes));
    }
  } catch (const atelier::Error&) {
  }
  return 0;
}
