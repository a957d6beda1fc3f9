// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/similar.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string picture, sheet;
  std::vector<std::string> folders;
  GivenOptions options;
  bool json = false, quiet = false;
};

std::string told(const std::optional<jobs::SimilarCopy>& copy) {
  if (!copy) return "";
  return fmt::format("  (the same picture{}: {} points agree)", copy->mirrored ? ", mirrored" : "",
                     copy->agreeing);
}

int similar(const Given& given) {
  jobs::SimilarRequest request{
      given.picture, {given.folders.begin(), given.folders.end()}, given.sheet, {}};
  apply_options(jobs::similar_option_table(), given.options, request.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::SimilarReport report = jobs::similar(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const std::string& reason : report.skipped) {
    fmt::print(stderr, "atelier: warning: skipped: {}\n", reason);
  }
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  for (const jobs::SimilarWork& work : report.works) {
    print_line("{:.3f}  {}{}", work.likeness, work.path.string(), told(work.copy));
  }
  if (request.picture.empty() && request.options.words.empty()) {
    print_line("{} works known: {} looked at, {} unchanged, {} forgotten", report.known,
               report.looked_at, report.unchanged, report.forgotten);
  }
  return 0;
}

}  // namespace

void add_similar(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("similar", "find works that look like a picture");
  const auto given = std::make_shared<Given>();
  command->add_option("PICTURE", given->picture, "what is looked for; none: only look through --in")
      ->type_name("");
  command
      ->add_option("--in", given->folders,
                   "folders of works to look through; none: all that were before")
      ->type_name("FOLDER");
  command->add_option("--sheet", given->sheet, "a picture of what was found")->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "no progress");
  add_table_options(*command, given->options, jobs::similar_option_table());
  command->callback([given, &action] { action = [given] { return similar(*given); }; });
}

}  // namespace atelier::cli
