// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for tables of pictures: any bytes are read or refused, nothing else.
#include "memory_file.hpp"

#include "atelier/base/error.hpp"
#include "jobs/sources/picture_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::jobs;
  const atelier::test::MemoryFile file(data, size);
  for (const char* column : {"", "note"}) {
    try {
      open_table(file.path(), {.by_folder = false, .column = column})
          ->each([](const FoundPicture&) {});
    } catch (const atelier::Error&) {
    }
  }
  return 0;
}
