// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/markup.hpp"

#include <gtest/gtest.h>

namespace atelier {
namespace {

TEST(MarkupText, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(markup_text(R"(<a href='x'>"&amp;"</a>)"),
            "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;&quot;&lt;/a&gt;");
  EXPECT_EQ(markup_text("春\n夜\t"), "春\n夜\t");
  EXPECT_EQ(markup_text(""), "");
}

TEST(MarkupText, ReplacesWhatXmlCannotHold) {
  EXPECT_EQ(markup_text(std::string_view("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(markup_text("\x1b[1m"), "\uFFFD[1m");
  EXPECT_EQ(markup_text("\uFFFE\uFFFF"), "\uFFFD\uFFFD");
  EXPECT_EQ(markup_text("a\xe6\x98 b"), "a\uFFFD\uFFFD b");  // cut short
}

}  // namespace
}  // namespace atelier
