// SPDX-License-Identifier: Apache-2.0
#include "atelier/train/picture_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::train {
namespace {

std::vector<std::byte> bytes(int width, int height, int value) {
  return std::vector<std::byte>(static_cast<std::size_t>(3 * width * height),
                                static_cast<std::byte>(value));
}

/// Without flushing to disk, which takes longer than all else here.
void write_quickly(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::filesystem::path small_set(const TemporaryFolder& folder) {
  const auto path = folder.path() / "some.set";
  PictureSetWriter writer(path);
  EXPECT_TRUE(writer.add("a.png", 2, 3, bytes(2, 3, 10)));
  EXPECT_TRUE(writer.add("\"b\" \xff.png", 4, 1, bytes(4, 1, 20)));
  EXPECT_FALSE(writer.add("again.png", 2, 3, bytes(2, 3, 10)));
  writer.finish();
  return path;
}

std::string refusal(const std::filesystem::path& path) {
  try {
    const PictureSet set(path);
    for (std::size_t i = 0; i < set.size(); ++i) static_cast<void>(set.at(i));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

TEST(PictureSet, GivesBackWhatWasPacked) {
  const TemporaryFolder folder;
  const PictureSet set(small_set(folder));
  ASSERT_EQ(set.size(), 2U);
  EXPECT_EQ(set.at(0).name, "a.png");
  EXPECT_EQ(set.at(0).width, 2);
  EXPECT_EQ(set.at(0).height, 3);
  EXPECT_THAT(set.at(0).pixels, testing::ElementsAreArray(bytes(2, 3, 10)));
  EXPECT_THAT(set.at(1).pixels, testing::ElementsAreArray(bytes(4, 1, 20)));
  EXPECT_EQ(set.digest().size(), 64U);
}

TEST(PictureSet, SameContentSameBytes) {
  const TemporaryFolder a, b;
  EXPECT_EQ(read_file(small_set(a), 1 << 20), read_file(small_set(b), 1 << 20));
}

TEST(PictureSet, RefusesEveryTruncation) {
  const TemporaryFolder folder;
  const std::string whole = read_file(small_set(folder), 1 << 20);
  const auto path = folder.path() / "cut.set";
  for (std::size_t length = 1; length < whole.size(); length += 7) {
    write_quickly(path, whole.substr(0, length));
    EXPECT_NE(refusal(path), "") << length;
  }
}

TEST(PictureSet, RefusesEveryChangedByte) {
  const TemporaryFolder folder;
  const std::string whole = read_file(small_set(folder), 1 << 20);
  const auto path = folder.path() / "changed.set";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    write_quickly(path, changed);
    EXPECT_NE(refusal(path), "") << i;
  }
}

TEST(PictureSet, NamesTheDamagedPicture) {
  const TemporaryFolder folder;
  const auto path = small_set(folder);
  std::string changed = read_file(path, 1 << 20);
  changed[0] = 'x';
  write_quickly(path, changed);
  EXPECT_THAT(refusal(path), testing::HasSubstr("a.png is damaged"));
}

TEST(PictureSet, RefusesOtherFiles) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "text";
  write_quickly(path, std::string(4096, 'x'));
  EXPECT_THAT(refusal(path), testing::HasSubstr("atelier dataset pack"));
}

TEST(PictureSetWriter, RefusesAPictureThatIsNotItsSize) {
  const TemporaryFolder folder;
  PictureSetWriter writer(folder.path() / "x.set");
  EXPECT_THROW(writer.add("a", 2, 2, bytes(2, 3, 1)), Error);
  EXPECT_THROW(writer.finish(), Error);
}

}  // namespace
}  // namespace atelier::train
