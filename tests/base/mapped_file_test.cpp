// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/mapped_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "error_matcher.hpp"

namespace atelier {
namespace {

constexpr std::uintmax_t limit = 1 << 20;

std::string text_of(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

class MappedFileTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "weights.bin";
};

TEST_F(MappedFileTest, HoldsEveryByte) {
  for (const std::size_t size : {1, 4095, 4096, 4097, 100'000}) {
    std::string content;
    for (std::size_t i = 0; i < size; ++i) content += static_cast<char>(i * i >> 3);
    write_file(path_, content);
    EXPECT_EQ(text_of(MappedFile(path_, limit)), content) << size << " bytes";
  }
}

TEST_F(MappedFileTest, IsEmptyWhereTheFileIs) {
  write_file(path_, "");
  EXPECT_TRUE(MappedFile(path_, limit).bytes().empty());
  EXPECT_TRUE(MappedFile(path_, 0).bytes().empty());
}

TEST_F(MappedFileTest, RefusesWhatIsNoFile) {
  EXPECT_ERROR(MappedFile(path_, limit), bad_input,
               testing::AllOf(testing::HasSubstr("weights.bin"), testing::HasSubstr("No such")));
  EXPECT_ERROR(MappedFile(folder_.path(), limit), bad_input, testing::HasSubstr("no regular file"));
  EXPECT_ERROR(MappedFile("/dev/zero", limit), bad_input, testing::HasSubstr("no regular file"));
}

TEST_F(MappedFileTest, TakesFilesUpToItsLimit) {
  write_file(path_, "12345");
  EXPECT_EQ(text_of(MappedFile(path_, 5)), "12345");
  EXPECT_ERROR(MappedFile(path_, 4), bad_input,
               testing::AllOf(testing::HasSubstr("is 5 bytes"), testing::HasSubstr("at most 4")));
}

TEST_F(MappedFileTest, StaysWhatItWasWhenTheNameIsTakenOrGone) {
  const std::string before(10'000, 'b');
  write_file(path_, before);
  const MappedFile file(path_, limit);
  write_file(path_, "a");  // shorter: pages beyond it would be gone, were it the same file
  EXPECT_EQ(text_of(file), before);
  EXPECT_EQ(text_of(MappedFile(path_, limit)), "a");
  std::filesystem::remove(path_);
  EXPECT_EQ(text_of(file), before);
}

TEST_F(MappedFileTest, ReadsAgainWhatWasNotNeeded) {
  const std::string content(50'000, 'x');
  write_file(path_, content);
  const MappedFile file(path_, limit);
  EXPECT_EQ(text_of(file), content);
  for (const std::size_t begin : {0, 1, 4096}) {
    for (const std::size_t size : {0, 1, 5000, 40'000}) {
      not_needed_soon(file.bytes().subspan(begin, size));
      EXPECT_EQ(text_of(file), content);
    }
  }
  not_needed_soon({});
  not_needed_soon(std::as_bytes(std::span(content)));
  EXPECT_EQ(content, std::string(50'000, 'x'));
}

}  // namespace
}  // namespace atelier
