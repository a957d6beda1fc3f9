// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for what strangers hand to a verifier: the first byte says which reader gets
// the rest; any bytes are refused, or read as what is written as the same bytes.
#include <cstdint>
#include <string>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/provenance/checkpoint.hpp"
#include "atelier/provenance/note.hpp"
#include "atelier/provenance/proof_file.hpp"
#include "atelier/provenance/verifier_key.hpp"
#include "provenance/strict_json.hpp"
#include "provenance/tile.hpp"

namespace {

using namespace atelier::provenance;

void expect_same(std::string_view text, const std::string& written) {
  if (text != written) __builtin_trap();
}

void read_bundle(std::string_view bytes, std::uint64_t width) {
  std::string written;
  for (const std::string& entry : parse_bundle(bytes, width, "fuzz")) append_entry(entry, written);
  expect_same(bytes, written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  try {
    switch (data[0] % 8) {
      case 0:
        expect_same(text, to_text(parse_note(text, "fuzz")));
        break;
      case 1:
        expect_same(text, to_text(parse_tree_head(text, "fuzz")));
        break;
      case 2:
        expect_same(text, to_text(parse_proof_file(text, "fuzz")));
        break;
      case 3:
        expect_same(text, to_text(parse_growth_proof(text, "fuzz")));
        break;
      case 4:
        expect_same(text, to_text(parse_verifier_key(text)));
        break;
      case 5:
        expect_same(text, to_bytes(parse_tile(text, data[1], "fuzz")));
        break;
      case 6:
        read_bundle(text, data[1]);
        break;
      default:
        (void)parse_strict_json(text, 16);
        break;
    }
  } catch (const atelier::Error&) {
  }
  return 0;
}
