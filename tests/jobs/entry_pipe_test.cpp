// SPDX-License-Identifier: Apache-2.0
// What a process that reads a hostile database could send.
#include "jobs/sources/entry_pipe.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace atelier::jobs {
namespace {

using Ending = EntryReader::Ending;

/// A file in place of a pipe: what is written is read from its beginning.
class Pipe {
 public:
  ~Pipe() { ::close(file_); }

  void entry(std::string_view key, std::string_view value) {
    ASSERT_TRUE(write_entry(file_, key, value));
  }
  void end(int why) { ASSERT_TRUE(write_end(file_, why)); }
  void cut(off_t bytes) { ASSERT_EQ(::ftruncate(file_, ::lseek(file_, 0, SEEK_END) - bytes), 0); }

  /// All keys, and what they ended in.
  Ending read(std::uintmax_t file_bytes = 1000) {
    ::lseek(file_, 0, SEEK_SET);
    EntryReader reader(file_, file_bytes);
    while (auto entry = reader.next()) keys.push_back(entry->key + "=" + entry->value);
    EXPECT_FALSE(reader.next());
    status = reader.status();
    return reader.ending();
  }

  std::vector<std::string> keys;
  int status = 0;

 private:
  int file_ = ::memfd_create("pipe", 0);
};

TEST(EntryPipe, GivesBackWhatWasWritten) {
  Pipe pipe;
  pipe.entry("a", "1");
  pipe.entry("ab", "");
  pipe.entry(std::string_view("b\0\xff", 3), std::string(900, 'x'));
  pipe.end(-30796);
  EXPECT_EQ(pipe.read(), Ending::told);
  EXPECT_EQ(pipe.status, -30796);
  ASSERT_EQ(pipe.keys.size(), 3U);
  EXPECT_EQ(pipe.keys[0], "a=1");
  EXPECT_EQ(pipe.keys[1], "ab=");
  EXPECT_EQ(pipe.keys[2], std::string("b\0\xff=", 4) + std::string(900, 'x'));
}

TEST(EntryPipe, ASilentEndIsNoEnd) {
  for (int bytes = 1; bytes < 30; ++bytes) {
    Pipe pipe;
    pipe.entry("a", "12345");
    pipe.end(0);
    pipe.cut(bytes);
    EXPECT_EQ(pipe.read(), Ending::silent) << bytes;
    EXPECT_EQ(pipe.keys.size(), bytes > 16 ? 0U : 1U) << bytes;
  }
}

TEST(EntryPipe, KeysAscend) {
  for (const char* second : {"b", "a", "B", "ab"}) {
    Pipe pipe;
    pipe.entry("b", "1");
    pipe.entry(second, "2");
    pipe.end(0);
    EXPECT_EQ(pipe.read(), Ending::impossible) << second;
    EXPECT_EQ(pipe.keys.size(), 1U);
  }
}

TEST(EntryPipe, NothingIsLongerThanTheFile) {
  Pipe pipe;
  pipe.entry("a", std::string(600, 'x'));
  pipe.entry("b", std::string(600, 'x'));
  pipe.end(0);
  EXPECT_EQ(pipe.read(1202), Ending::told);
  EXPECT_EQ(pipe.read(1201), Ending::impossible);
}

TEST(EntryPipe, KeysHaveAByte) {
  Pipe pipe;
  pipe.entry("", "1");
  pipe.end(0);
  EXPECT_EQ(pipe.read(), Ending::impossible);
}

TEST(EntryPipe, KeysHaveAtMost511Bytes) {
  Pipe pipe;
  pipe.entry(std::string(511, 'a'), "1");
  pipe.entry(std::string(512, 'b'), "2");
  EXPECT_EQ(pipe.read(9999), Ending::impossible);
  EXPECT_EQ(pipe.keys.size(), 1U);
}

TEST(EntryPipe, WhatCannotBeReadCannotBeWritten) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto nowhere = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* page = ::mmap(nullptr, nowhere, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  EXPECT_FALSE(write_entry(ends[1], "a", {static_cast<const char*>(page), nowhere}));
  ::munmap(page, nowhere);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace atelier::jobs
