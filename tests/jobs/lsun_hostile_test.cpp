// SPDX-License-Identifier: Apache-2.0
// Whatever a database holds, reading it ends in entries or in one Error; no process is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "../base/error_matcher.hpp"
#include "atelier/base/random.hpp"
#include "atelier/jobs/dataset.hpp"
#include "jobs/sources/database_process.hpp"
#include "lsun_databases.hpp"

namespace atelier::jobs {
namespace {

using testing::HasSubstr;

constexpr std::size_t page = 4096;
constexpr std::size_t number_bytes = 6;  // as much of a page's number as branches have
constexpr std::uint16_t branch = 1, leaf = 2;

std::uint16_t half(const std::string& bytes, std::size_t at) {
  std::uint16_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Where page numbers lie: in branches, those of children; in leaves, those of long values.
std::vector<std::size_t> page_numbers(const std::string& bytes, std::uint16_t kind) {
  std::vector<std::size_t> places;
  for (std::size_t at = 2 * page; at < bytes.size(); at += page) {
    if (half(bytes, at + 10) != kind) continue;
    const std::size_t end = half(bytes, at + 12);
    for (std::size_t pointer = 16; pointer < end; pointer += 2) {
      const std::size_t node = at + half(bytes, at + pointer);
      const std::size_t key_bytes = half(bytes, node + 6);
      if (kind == branch) places.push_back(node);
      if (kind == leaf && half(bytes, node + 4) == 1) places.push_back(node + 8 + key_bytes);
    }
  }
  return places;
}

/// And in both meta pages, that of the root.
std::vector<std::size_t> page_numbers(const std::string& bytes) {
  std::vector<std::size_t> places{128, page + 128};
  for (const std::uint16_t kind : {branch, leaf}) {
    const std::vector<std::size_t> more = page_numbers(bytes, kind);
    places.insert(places.end(), more.begin(), more.end());
  }
  return places;
}

class LsunHostile : public LsunDatabases {
 protected:
  /// Enough keys for a tree of two levels, and values on pages of their own.
  std::string many_entries() {
    std::map<std::string, std::string> entries;
    for (int i = 100; i < 400; ++i) {
      entries[std::to_string(i)] = std::string(i % 50 == 0 ? 9000 : 60, 'v');
    }
    return bytes_of(database("whole", entries) / "data.mdb");
  }

  /// How many entries come out of such a file; nothing when it is refused.
  std::optional<int> entries_of(const std::string& bytes) {
    write_quickly(in_folder("data.mdb"), bytes);
    int count = 0;
    try {
      each_entry(in_folder("data.mdb"), [&](const Entry&) { ++count; });
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(in_folder("data.mdb").string()));
      return std::nullopt;
    }
    return count;
  }

  void expect_no_process_left() {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
  }
};

TEST_F(LsunHostile, TruncationsAreDamage) {
  const std::string whole = many_entries();
  ASSERT_EQ(entries_of(whole), 300);
  for (std::size_t length = 0; length < whole.size(); length += 3500) {
    EXPECT_EQ(entries_of(whole.substr(0, length)), std::nullopt) << length;
  }
  expect_no_process_left();
}

TEST_F(LsunHostile, NothingIsPackedOfACutDatabase) {
  std::map<std::string, std::string> entries;
  for (int i = 0; i < 9; ++i) entries[std::to_string(i)] = encoded(waves(64, 64, i), ".jpg");
  const auto file = database("a_lmdb", entries) / "data.mdb";
  const std::string whole = bytes_of(file);
  for (const double share : {0.0, 0.1, 0.3, 0.5, 0.7, 0.9}) {
    const auto length = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
    write_quickly(file, whole.substr(0, length));
    EXPECT_ERROR(pack({{file.parent_path().string()}, in_folder("packed.set"), {}}), bad_input,
                 HasSubstr("a_lmdb/data.mdb"));
    EXPECT_FALSE(std::filesystem::exists(in_folder("packed.set")));
  }
}

TEST_F(LsunHostile, OtherFilesAreNoDatabase) {
  const auto refuses = [&](const std::string& bytes) {
    write_quickly(in_folder("data.mdb"), bytes);
    EXPECT_ERROR(each_entry(in_folder("data.mdb"), [](const Entry&) {}), bad_input,
                 HasSubstr("is no LMDB database"));
  };
  refuses("");
  refuses("text");
  refuses(std::string(9 * page, '\0'));
  refuses(std::string(9 * page, '\xff'));
  RandomStream random(5, "garbage");
  std::string garbage(20 * page, ' ');
  for (char& c : garbage) c = static_cast<char>(random.next());
  refuses(garbage);
  EXPECT_ERROR(each_entry(in_folder("none.mdb"), [](const Entry&) {}), bad_input,
               HasSubstr("none.mdb cannot be read"));
}

TEST_F(LsunHostile, WrongPageNumbersAreSurvived) {
  const std::string whole = many_entries();
  const std::vector<std::size_t> places = page_numbers(whole);
  ASSERT_GT(places.size(), 12U);
  for (const std::uint64_t number : {0ULL, 1ULL, 2ULL, 5ULL, 1ULL << 20, 1ULL << 47}) {
    std::size_t refused = 0;
    for (const std::size_t place : places) {
      std::string bytes = whole;
      std::memcpy(bytes.data() + place, &number, number_bytes);
      refused += !entries_of(bytes);
    }
    // A page that is there may be taken for another; one that is not is always missed, but for the
    // root of the older of the two meta pages, which nobody reads.
    const std::size_t least = number < whole.size() / page ? 1 : places.size() - 1;
    EXPECT_GE(refused, least) << number;
  }
  expect_no_process_left();
}

TEST_F(LsunHostile, ChangedBytesAreSurvived) {
  const std::string whole = many_entries();
  RandomStream random(7, "hostile");
  int refused = 0;
  for (int round = 0; round < 150; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 1 + round % 5; ++i) {
      // Heads of pages first: they say where all else lies.
      const std::size_t of_page = random.next() % (whole.size() / page) * page;
      const std::size_t reach = round % 2 ? page : 64;
      bytes[of_page + random.next() % reach] = static_cast<char>(random.next());
    }
    refused += !entries_of(bytes);
  }
  EXPECT_GT(refused, 20);
  expect_no_process_left();
}

TEST_F(LsunHostile, ATreeThatRunsInACircleEnds) {
  std::string bytes = many_entries();
  // Every branch leads to the same leaf.
  const std::vector<std::size_t> branches = page_numbers(bytes, branch);
  ASSERT_GT(branches.size(), 2U);
  const std::string first = bytes.substr(branches.front(), number_bytes);
  for (const std::size_t place : branches) bytes.replace(place, number_bytes, first);
  EXPECT_EQ(entries_of(bytes), std::nullopt);
}

TEST_F(LsunHostile, AVisitThatFailsEndsTheReading) {
  write_quickly(in_folder("data.mdb"), many_entries());
  EXPECT_ERROR(each_entry(in_folder("data.mdb"),
                          [](const Entry&) { fail(ErrorKind::io, "the disk is full"); }),
               io, HasSubstr("the disk is full"));
  expect_no_process_left();
}

}  // namespace
}  // namespace atelier::jobs
