// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for MS-COCO's annotations: any bytes are read or refused, nothing else.
#include "memory_file.hpp"

#include "atelier/base/error.hpp"
#include "jobs/sources/picture_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::jobs;
  const atelier::test::MemoryFile file(data, size);
  try {
    open_coco(file.path())->each([](const FoundPicture&) {});
  } catch (const atelier::Error&) {
  }
  return 0;
}
