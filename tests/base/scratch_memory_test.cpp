// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/scratch_memory.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "atelier/base/temporary_folder.hpp"
#include "environment.hpp"
#include "error_matcher.hpp"

namespace atelier {
namespace {

/// Pages in the program's own memory now, bytes.
std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST(ScratchMemory, IsZeroAndKeepsWhatLeftTheProgram) {
  constexpr std::size_t size = (40 << 20) + 123;
  const ScratchMemory scratch(size);
  ASSERT_EQ(scratch.size(), size);
  EXPECT_TRUE(std::all_of(scratch.data(), scratch.data() + size,
                          [](std::byte b) { return b == std::byte{0}; }));
  for (std::size_t i = 0; i < size; ++i) scratch.data()[i] = static_cast<std::byte>(i % 251);
  const std::size_t full = resident_bytes();
  let_go_of_scratch({scratch.data() + 5, size - 5});
  EXPECT_LT(resident_bytes() + (39 << 20), full);
  for (std::size_t i = 0; i < size; i += 977) {
    ASSERT_EQ(scratch.data()[i], static_cast<std::byte>(i % 251)) << i;
  }
}

TEST(ScratchMemory, LeavesNoFile) {
  const TemporaryFolder folder;
  const test::Variable tmpdir("TMPDIR");
  tmpdir.set(folder.path().c_str());
  EXPECT_EQ(scratch_folder(), folder.path());
  const ScratchMemory scratch(1 << 20);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ScratchMemory, SaysWhereThereIsNoRoom) {
  EXPECT_ERROR(ScratchMemory(std::size_t{1} << 60), io, testing::HasSubstr("has no room"));
  const TemporaryFolder folder;
  const test::Variable tmpdir("TMPDIR");
  tmpdir.set((folder.path() / "nowhere").c_str());
  EXPECT_ERROR(ScratchMemory(1 << 20), io, testing::HasSubstr("let TMPDIR name"));
}

}  // namespace
}  // namespace atelier
