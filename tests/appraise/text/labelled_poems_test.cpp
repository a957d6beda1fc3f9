// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/labelled_poems.hpp"

#include <gmock/gmock.h>

#include "atelier/base/error.hpp"

namespace atelier::appraise {
namespace {

using testing::ElementsAre;

TEST(LabelledPoems, AreReadWithTitlesStanzasAndSharesOfReaders) {
  const LabelledPoems read = read_labelled_poems(
      "One\t\t\r\n\t\t\r\nI don\"t know\tJoy --- Awe\tJoy\r\n\t\t\r\nthe \"end\"\tAwe\t\r\n"
      "Two\t\t\nwhat\tFear\tFear\nEmpty\t\t\n");
  EXPECT_THAT(read.emotions, ElementsAre("Awe", "Fear", "Joy"));
  ASSERT_EQ(read.poems.size(), 2U);
  EXPECT_EQ(read.poems[0].title, "One");
  EXPECT_THAT(read.poems[0].lines, ElementsAre("I don't know", "the \"end\""));
  EXPECT_THAT(read.poems[0].shares, ElementsAre(ElementsAre(0.5, 0, 1), ElementsAre(0.5, 0, 0)));
  EXPECT_THAT(read.poems[1].shares, ElementsAre(ElementsAre(0, 1, 0)));
}

TEST(LabelledPoems, RefuseWhatIsNoSuchTable) {
  for (const char* text : {"", "One\t\t\n", "no tab at all", "line\tJoy\tJoy\n",
                           "One\t\t\nline\tJoy\n", "One\t\t\n\xff\tJoy\tJoy\n"}) {
    EXPECT_THROW(static_cast<void>(read_labelled_poems(text)), Error) << text;
  }
}

}  // namespace
}  // namespace atelier::appraise
