// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

#include "atelier/base/temporary_folder.hpp"
#include "cli/manual_page.hpp"

namespace atelier::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A program with what makes completions hard: quotes, brackets, nested commands.
const CommandOutline& program() {
  static const CommandOutline outline = [] {
    CLI::App app("Paints.", "atelier");
    CLI::App* paint = app.add_subcommand("paint", "paint it's [fast]: now");
    std::string text;
    bool flag = false;
    paint->add_option("-m,--method", text, "how")->type_name("optimize|fast");
    paint->add_option("--size", text, "edge")->type_name("16..64 px|native");
    paint->add_flag("--quiet", flag, "no progress");
    paint->add_option("PICTURE", text, "a picture")->type_name("");
    CLI::App* train = app.add_subcommand("train", "learn");
    train->add_subcommand("fast", "one pass")->add_option("--steps", text, "of training");
    app.add_subcommand("secret", "not for people")->group("");
    return outline_of(app);
  }();
  return outline;
}

/// What bash offers after these words, the last of which is being typed.
std::vector<std::string> offered(const std::vector<std::string>& words) {
  const TemporaryFolder folder;
  const auto script = folder.path() / "try.bash";
  std::ofstream file(script);
  file << bash_completion(program()) << "\nCOMP_WORDS=(";
  for (const std::string& word : words) file << " '" << word << "'";
  file << ")\nCOMP_CWORD=" << words.size() - 1
       << "\n_atelier\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
  file.close();
  FILE* pipe = ::popen(("bash " + script.string() + " 2>&1").c_str(), "r");
  std::string said;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0) << said;
  std::vector<std::string> lines;
  std::istringstream stream(said);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

TEST(BashCompletion, OffersCommandsOptionsAndWords) {
  EXPECT_THAT(offered({"atelier", ""}), ElementsAre("paint", "train"));
  EXPECT_THAT(offered({"atelier", "p"}), ElementsAre("paint"));
  EXPECT_THAT(offered({"atelier", "train", ""}), ElementsAre("fast"));
  EXPECT_THAT(offered({"atelier", "train", "fast", "--s"}), ElementsAre("--steps"));
  EXPECT_THAT(offered({"atelier", "paint", "--m"}), ElementsAre("--method"));
  EXPECT_THAT(offered({"atelier", "paint", "--method", ""}), ElementsAre("optimize", "fast"));
  EXPECT_THAT(offered({"atelier", "paint", "-m", "f"}), ElementsAre("fast"));
}

TEST(BashCompletion, LeavesFilesToTheShell) {
  EXPECT_THAT(offered({"atelier", "paint", ""}), ElementsAre());
  EXPECT_THAT(offered({"atelier", "paint", "--size", "-"}), ElementsAre());
  EXPECT_THAT(offered({"atelier", "paint", "--quiet", ""}), ElementsAre());
}

TEST(Completion, OfZshAndFishQuotesWhatTheyWouldRead) {
  EXPECT_THAT(zsh_completion(program()), HasSubstr("'paint:paint it'\\''s [fast]: now'"));
  EXPECT_THAT(zsh_completion(program()),
              HasSubstr("('atelier paint -m'|'atelier paint --method') compadd -- optimize fast"));
  EXPECT_THAT(fish_completion(program()), HasSubstr("-a paint -d 'paint it\\'s [fast]: now'"));
  EXPECT_THAT(fish_completion(program()), HasSubstr("-s m -l method -x -a 'optimize fast'"));
  EXPECT_THAT(fish_completion(program()), Not(HasSubstr("secret")));
}

TEST(ManualPage, IsRoff) {
  const std::string page = manual_page(program().commands.at(0), "atelier paint", "1.2");
  EXPECT_THAT(page, HasSubstr(".TH \"atelier\\-paint\" 1 \"\" \"Atelier 1.2\""));
  EXPECT_THAT(page, HasSubstr("\\fB\\-m\\fR, \\fB\\-\\-method\\fR \\fIoptimize|fast\\fR\nhow\n"));
  EXPECT_THAT(page, HasSubstr(".SS Arguments\n.TP\n\\fBPICTURE\\fR\na picture\n"));
}

}  // namespace
}  // namespace atelier::cli
