// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "jobs/inspire/board_page.hpp"
#include "jobs/inspire/idea.hpp"
#include "jobs/inspire/shell_words.hpp"
#include "jobs/inspire/work_names.hpp"

namespace atelier::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Ideas, AreWordsThatTellSomething) {
  const Idea idea = read_idea("The Storm, and the SEA: a storm at sea!");
  EXPECT_THAT(idea.words, ElementsAre("storm", "sea"));
  EXPECT_TRUE(idea.picture.empty());
  EXPECT_FALSE(idea.chinese);
}

TEST(Ideas, MayBeChinese) {
  const Idea idea = read_idea("明月，松間照");
  EXPECT_TRUE(idea.chinese);
  EXPECT_THAT(idea.words, ElementsAre("明月", "松間照"));
}

TEST(Ideas, OfLongTextsKeepTheLongestWords) {
  std::string poem;
  for (int i = 0; i < 20; ++i) poem += std::string(static_cast<std::size_t>(3 + i), 'a') + ' ';
  const Idea idea = read_idea(poem);
  EXPECT_EQ(idea.words.size(), 12U);
  EXPECT_EQ(idea.words.front().size(), 22U);
}

TEST(Ideas, AreReadFromFiles) {
  const TemporaryFolder folder;
  const std::filesystem::path poem = folder.path() / "poem.txt", picture = folder.path() / "a.png";
  write_file(poem, "A lighthouse\nin the fog");
  write_file(picture, "whatever it is");
  EXPECT_THAT(read_idea(poem.string()).words, ElementsAre("lighthouse", "fog"));
  EXPECT_EQ(read_idea(picture.string()).picture, picture);
  for (const std::string& given : {(folder.path() / "none.jpg").string(), std::string("none.png"),
                                   std::string("a, of!"), std::string(), std::string("\xFF\xFE")}) {
    EXPECT_THROW(static_cast<void>(read_idea(given)), Error) << given;
  }
}

TEST(Ideas, AreAkinByTheirBeginnings) {
  EXPECT_TRUE(akin("angry", "anger"));
  EXPECT_TRUE(akin("happy", "happiness"));
  EXPECT_TRUE(akin("sad", "sadness"));
  EXPECT_TRUE(akin("love", "love"));
  EXPECT_FALSE(akin("fog", "forest"));
  EXPECT_FALSE(akin("trap", "trust"));
}

TEST(WorkNames, AreGivenOrThoseOfFiles) {
  const std::vector<std::filesystem::path> paths{"in/0001.png", "in/0002.png"};
  const WorkNames files(paths, {});
  EXPECT_EQ(files.of("in/sea_at-night.png"), "sea at night");
  EXPECT_TRUE(files.with("0001").empty());
  const WorkNames given(paths, {"Sea-at_Night.jpg", "雨中 garden"});
  EXPECT_EQ(given.of("in/0001.png"), "Sea at Night");
  EXPECT_EQ(given.of(std::filesystem::weakly_canonical("in/0001.png")), "Sea at Night");
  EXPECT_EQ(given.of("elsewhere.png"), "elsewhere");
  EXPECT_THAT(given.with("night"), ElementsAre(std::filesystem::weakly_canonical("in/0001.png")));
  EXPECT_THAT(given.with("雨"), ElementsAre(std::filesystem::weakly_canonical("in/0002.png")));
  EXPECT_TRUE(given.with("fog").empty());
  EXPECT_THROW(WorkNames(paths, {"one"}), Error);
}

TEST(ShellCommands, QuoteWhatTheyMust) {
  EXPECT_EQ(shell_command({"atelier", "frame", "a b.jpg", "-o", "it's.png", "x;rm", ""}),
            "atelier frame 'a b.jpg' -o 'it'\\''s.png' 'x;rm' ''");
}

TEST(BoardPage, HoldsAllAndEscapesIt) {
  const image::Image picture{2, 1, {1, 0, 0, 0, 0, 1}, {}};
  InspireReport report;
  report.idea = "fog <script>";
  report.works.push_back(
      {"works/a_<b>.jpg", "a <b>", 1, {"“fog” is in its name"}, "atelier similar 'a&b'"});
  report.items.push_back({"verse", "", "line\nline <i>", "atelier write"});
  report.items.push_back({"style", "Monet", "", "atelier stylize"});
  report.left_out.push_back("sketches & more");
  const std::string page =
      board_page(report, {{}, {picture}, {{"", {{{1, 0, 0}, "red", {}, {}}}}}, {{}, picture}});
  EXPECT_THAT(page, HasSubstr("<h1>fog &lt;script&gt;</h1>"));
  EXPECT_THAT(page, HasSubstr("<b>a &lt;b&gt;</b>"));
  EXPECT_THAT(page, HasSubstr("atelier similar &#39;a&amp;b&#39;"));
  EXPECT_THAT(page, HasSubstr("line &lt;i&gt;"));
  EXPECT_THAT(page, HasSubstr("background: #ff0000"));
  EXPECT_THAT(page, HasSubstr("sketches &amp; more"));
  EXPECT_THAT(page, HasSubstr("data:image/jpeg;base64,/9j/"));
  EXPECT_EQ(page.find("From nothing"), std::string::npos);
}

}  // namespace
}  // namespace atelier::jobs
