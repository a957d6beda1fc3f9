// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/digest.hpp"
#include "atelier/base/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "error_matcher.hpp"

namespace atelier {
namespace {

std::string digest(const std::string& text) {
  return sha256(std::as_bytes(std::span(text)));
}

// FIPS 180-4's examples, as NIST publishes them for SHA-256.
constexpr auto empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr auto abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto two_blocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr auto million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(digest(""), empty);
  EXPECT_EQ(digest("abc"), abc);
  EXPECT_EQ(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), two_blocks);
  EXPECT_EQ(digest(std::string(1'000'000, 'a')), million_a);
}

TEST(Sha256, ReadsAFileInPiecesAsOneWhole) {
  const TemporaryFolder folder;
  for (const std::size_t size :
       {0UL, 1UL, (1UL << 20) - 1, 1UL << 20, (1UL << 20) + 1, 3UL << 20}) {
    std::string content(size, '\0');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 31 + i / 256);
    std::ofstream(folder.path() / "data", std::ios::binary) << content;
    EXPECT_EQ(sha256_file(folder.path() / "data"), digest(content)) << size << " bytes";
  }
}

TEST(Sha256, RefusesWhatIsNoReadableFile) {
  const TemporaryFolder folder;
  EXPECT_ERROR(sha256_file(folder.path() / "missing"), bad_input, testing::HasSubstr("missing"));
  EXPECT_ERROR(sha256_file(folder.path()), bad_input, testing::HasSubstr(folder.path().string()));
}

}  // namespace
}  // namespace atelier
