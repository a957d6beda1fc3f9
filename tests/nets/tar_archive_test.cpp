// SPDX-License-Identifier: Apache-2.0
#include "nets/tar_archive.hpp"

#include <gmock/gmock.h>

#include "../base/error_matcher.hpp"
#include "tgz_bytes.hpp"

namespace atelier::nets {
namespace {

using ::testing::HasSubstr;
using testing::tgz;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

#ifdef ATELIER_HAVE_LIBARCHIVE

TEST(Tgz, GivesTheFilesThatAreWanted) {
  const std::string large(300'000, 'x');
  const std::string archive = tgz({{"package/package.json", "{}"},
                                   {"package/model/model.json", "a"},
                                   {"package/model/s1", large},
                                   {"package/empty", ""}});
  EXPECT_TRUE(is_gzip(bytes_of(archive)));
  const auto files = read_tgz(bytes_of(archive), [](const std::string& path) {
    return path.starts_with("package/model/") || path == "package/empty";
  });
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files.at("package/model/model.json"), "a");
  EXPECT_EQ(files.at("package/model/s1"), large);
  EXPECT_EQ(files.at("package/empty"), "");
}

TEST(Tgz, LeavesLinksAndFoldersOut) {
  const std::string archive = tgz({{"link", "/etc/passwd"}, {"folder/", ""}}, /*type=*/'2');
  EXPECT_TRUE(read_tgz(bytes_of(archive), [](const std::string&) { return true; }).empty());
}

TEST(Tgz, RefusesDamage) {
  const auto all = [](const std::string&) { return true; };
  EXPECT_ERROR(read_tgz(bytes_of("hello"), all), bad_input, HasSubstr("damaged"));
  EXPECT_ERROR(read_tgz(bytes_of(""), all), bad_input, HasSubstr("damaged"));
  const std::string whole = tgz({{"a", std::string(5000, 'a')}, {"b", "bb"}});
  for (const std::size_t length : {whole.size() / 4, whole.size() / 2, whole.size() - 2000}) {
    EXPECT_ERROR(read_tgz(bytes_of(whole.substr(0, length)), all), bad_input, HasSubstr("damaged"));
  }
  std::string damaged = whole;
  damaged[15] = 'x';  // the first member's name, which its header's sum covers
  EXPECT_ERROR(read_tgz(bytes_of(damaged), all), bad_input, HasSubstr("damaged"));
}

#else

TEST(Tgz, SaysThatThisBuildHasNoReader) {
  EXPECT_ERROR(read_tgz({}, [](const std::string&) { return true; }), missing_capability,
               HasSubstr("libarchive"));
}

#endif

}  // namespace
}  // namespace atelier::nets
