// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/generate.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/signing.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string output;
  GivenOptions run, options, encode;
  GivenSigning signing;
  bool json = false, quiet = false;
};

int generate(const Given& given) {
  jobs::GenerateRequest request{given.output, {}, {}, {}};
  apply_options(jobs::generator_run_table(), given.run, request.run);
  apply_options(jobs::generate_option_table(), given.options, request.options);
  apply_options(film::encode_options(), given.encode, request.encode);
  const auto signer = open_signer(given.signing);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  const jobs::GenerateReport report = jobs::generate(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const auto& file : report.files) sign_made(signer.get(), file, {});
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: {} painted in {:.1f} s", report.output.string(), report.pictures,
               report.seconds);
  }
  return 0;
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "generate", "paint new pictures from nothing: one, a sheet, a folder or a film");
  const auto given = std::make_shared<Given>();
  command
      ->add_option("-o,--output", given->output,
                   "a picture (a sheet with --count), a film, or a folder for a file each")
      ->required()
      ->type_name("PATH");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->run, jobs::generator_run_table());
  add_table_options(*command, given->options, jobs::generate_option_table());
  add_table_options(*command, given->encode, film::encode_options());
  add_signing_options(*command, given->signing);
  command->callback([given, &action] { action = [given] { return generate(*given); }; });
}

}  // namespace atelier::cli
