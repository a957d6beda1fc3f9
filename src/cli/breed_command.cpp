// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/breed.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/signing.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::vector<std::string> parents;
  std::string output, tree;
  GivenOptions run, options;
  GivenSigning signing;
  bool json = false, quiet = false;
};

int breed(const Given& given) {
  jobs::BreedRequest request{given.parents, given.output, given.tree, {}, {}};
  apply_options(jobs::generator_run_table(), given.run, request.run);
  apply_options(jobs::breed_option_table(), given.options, request.options);
  const auto signer = open_signer(given.signing);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  const jobs::BreedReport report = jobs::breed(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  const std::vector<std::filesystem::path> parents(given.parents.begin(), given.parents.end());
  for (const auto& output : report.outputs) sign_made(signer.get(), output, parents);
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  for (const auto& output : report.outputs) print_line("{}", output.string());
  if (!report.tree.empty()) {
    print_line("{}: the family, {} generations", report.tree.string(), report.generations);
  }
  return 0;
}

}  // namespace

void add_breed(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("breed", "mix pictures of a generator, change them, keep their family");
  const auto given = std::make_shared<Given>();
  command
      ->add_option("PARENTS", given->parents,
                   "pictures that generate, breed or invert wrote, or seed:N")
      ->required()
      ->type_name("");
  command->add_option("-o,--output", given->output, "the child; more are numbered")
      ->required()
      ->type_name("FILE");
  command->add_option("--tree", given->tree, "draw the family as a picture")->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->run, jobs::generator_run_table());
  add_table_options(*command, given->options, jobs::breed_option_table());
  add_signing_options(*command, given->signing);
  command->callback([given, &action] { action = [given] { return breed(*given); }; });
}

}  // namespace atelier::cli
