// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/base64.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace atelier {
namespace {

TEST(Base64, IsRfc4648s) {
  // Section 10.
  for (const auto& [text, meant] : {std::pair<const char*, const char*>{"", ""},
                                    {"Zg==", "f"},
                                    {"Zm8=", "fo"},
                                    {"Zm9v", "foo"},
                                    {"Zm9vYg==", "foob"},
                                    {"Zm9vYmE=", "fooba"},
                                    {"Zm9vYmFy", "foobar"}}) {
    EXPECT_EQ(from_base64(text), meant);
    EXPECT_EQ(to_base64(meant), text);
    std::string unpadded = text;
    while (unpadded.ends_with('=')) unpadded.pop_back();
    EXPECT_EQ(to_base64(meant, Base64::url), unpadded);
    EXPECT_EQ(from_base64(unpadded, Base64::url), meant);
  }
  const std::string bytes("\xfb\xff\x00", 3);
  EXPECT_EQ(to_base64(bytes), "+/8A");
  EXPECT_EQ(to_base64(bytes, Base64::url), "-_8A");
  EXPECT_EQ(from_base64("-_8A", Base64::url), bytes);
}

TEST(Base64, EveryByteComesBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    for (const Base64 alphabet : {Base64::standard, Base64::url})
      ASSERT_EQ(from_base64(to_base64(bytes, alphabet), alphabet), bytes) << i;
    bytes += static_cast<char>(i * 167);
  }
}

TEST(Base64, HasOneTextForSomeBytes) {
  for (const char* bad : {"Z", "Zg", "Zg=", "Zg=v", "====", "Zm9v\n", " Zg==", "Zm-v",
                          "Z===", "=Zg=", "Zh==", "Zm9=", "Zm9v====", "\xff\xff\xff\xff"}) {
    EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
  }
  for (const char* bad : {"Z", "Zg==", "Zm8=", "Zh", "Zm9", "+/8A"})
    EXPECT_EQ(from_base64(bad, Base64::url), std::nullopt) << bad;
}

}  // namespace
}  // namespace atelier
