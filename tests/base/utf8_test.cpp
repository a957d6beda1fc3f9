// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/utf8.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

TEST(Utf8, EveryCodePointComesBack) {
  for (char32_t value = 0; value < 0x110000; ++value) {
    if (value >= 0xD800 && value < 0xE000) continue;
    std::string bytes;
    append_utf8(value, bytes);
    const auto point = first_code_point(bytes + "x");
    ASSERT_TRUE(point) << static_cast<unsigned>(value);
    EXPECT_EQ(point->value, value);
    EXPECT_EQ(point->bytes, bytes.size());
  }
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  using namespace std::string_view_literals;
  for (const std::string_view broken :
       {""sv, "\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv,
        "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv,
        "\xFF"sv, "\xC3"sv, "\xC3x"sv, "\xE6\x9C"sv, "\xE6\x9Cx"sv, "\xF0\x9F\x98"sv}) {
    EXPECT_FALSE(first_code_point(broken));
  }
}

TEST(Utf8, TellsWhereItIsBroken) {
  const std::string text = "ab\xE6\x9C\x88\xFFz";
  EXPECT_EQ(count_code_points(text.substr(0, 5)), 3U);
  try {
    static_cast<void>(count_code_points(text));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_NE(std::string(error.what()).find("byte 5 of the text, 0xff"), std::string::npos);
  }
}

TEST(Utf8, TextComesBackWithoutItsByteOrderMark) {
  const std::string text = "a é 詩 𠀀 🙂";
  EXPECT_EQ(from_utf8(text), U"a é 詩 𠀀 🙂");
  EXPECT_EQ(to_utf8(from_utf8(text)), text);
  EXPECT_EQ(from_utf8("\xEF\xBB\xBF詩"), U"詩");
  EXPECT_EQ(from_utf8(""), U"");
}

TEST(Utf8, NamesTheTextThatIsBroken) {
  try {
    static_cast<void>(from_utf8("詩\xE8", "the poem"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_NE(std::string(error.what()).find("byte 3 of the poem, 0xe8"), std::string::npos);
  }
}

TEST(Utf8, KnowsWhatWaitsForMore) {
  const std::string moon = "a\xE6\x9C\x88", smile = "\xF0\x9F\x98\x80";
  EXPECT_EQ(unfinished_bytes(moon), 0U);
  EXPECT_EQ(unfinished_bytes(moon.substr(0, 3)), 2U);
  EXPECT_EQ(unfinished_bytes(moon.substr(0, 2)), 1U);
  EXPECT_EQ(unfinished_bytes(smile.substr(0, 3)), 3U);
  EXPECT_EQ(unfinished_bytes("a\x80\x80"), 0U);
  EXPECT_EQ(unfinished_bytes("\xE0\x80"), 0U);
  EXPECT_EQ(unfinished_bytes(""), 0U);
}

}  // namespace
}  // namespace atelier
