// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry for what comes from the process that reads a database: any bytes are entries,
// in order and within the limits, or an ending.
#include "memory_file.hpp"

#include "jobs/sources/entry_pipe.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::jobs;
  const atelier::test::MemoryFile file(data, size);
  EntryReader reader(file.descriptor(), size);
  std::string last;
  std::size_t sum = 0;
  while (const auto entry = reader.next()) {
    sum += entry->key.size() + entry->value.size();
    if (entry->key <= last || sum > size) __builtin_trap();
    last = entry->key;
  }
  if (reader.ending() == EntryReader::Ending::none || reader.next()) __builtin_trap();
  return 0;
}
