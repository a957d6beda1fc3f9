// SPDX-License-Identifier: Apache-2.0
// Descriptions of TensorFlow.js models and base64 shards: any bytes are read or refused.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "atelier/base/error.hpp"
#include "nets/tfjs/literal.hpp"
#include "nets/tfjs/manifest.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    static_cast<void>(nets::decode_base64(text));
  } catch (const Error&) {
  }
  try {
    for (const nets::TfjsGroup& group : nets::parse_manifest(nets::read_literal(text))) {
      for (const nets::TfjsWeight& weight : group.weights) {
        if (nets::bytes_of(weight) > size) continue;
        static_cast<void>(
            nets::decode(weight, std::as_bytes(std::span(data, nets::bytes_of(weight)))));
      }
    }
  } catch (const Error&) {
  }
  return 0;
}
