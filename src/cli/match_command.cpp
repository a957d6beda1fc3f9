// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/match.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string content;
  std::vector<std::string> styles;
  GivenOptions options;
  bool json = false, quiet = false;
};

void print_report(const jobs::MatchReport& report) {
  print_line("score         loss foretold   style");
  for (const jobs::MatchedStyle& style : report.styles) {
    const style::Compatibility& of = style.compatibility;
    print_line("{:3.0f} ({:2.0f}..{:3.0f})  {:.3f} +- {:.3f}  {}", of.score.value, of.score.low,
               of.score.high, of.total.value, (of.total.high - of.total.low) / 2,
               style.path.string());
    for (const style::Reason& reason : of.reasons) print_line("      {}", reason.text);
  }
}

int match(const Given& given) {
  jobs::MatchRequest request{.content = given.content,
                             .styles = {given.styles.begin(), given.styles.end()},
                             .options = {}};
  apply_options(jobs::match_option_table(), given.options, request.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::MatchReport report = jobs::match(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const jobs::SkippedStyle& skipped : report.skipped)
    fmt::print(stderr, "atelier: warning: skipped: {}\n", skipped.reason);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return 0;
}

}  // namespace

void add_match(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("match", "rank styles by how well they go with a photograph");
  const auto given = std::make_shared<Given>();
  command->add_option("CONTENT", given->content, "the photograph")->required()->type_name("");
  command
      ->add_option("STYLES", given->styles, "paintings, folders of them, patterns such as '*.jpg'")
      ->required()
      ->type_name("");
  command->add_flag("--json", given->json, "print one JSON object with all that was measured");
  command->add_flag("--quiet", given->quiet, "no progress");
  add_table_options(*command, given->options, jobs::match_option_table());
  command->callback([given, &action] { action = [given] { return match(*given); }; });
}

}  // namespace atelier::cli
