// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <memory>

#include "atelier/jobs/write.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_form.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string opening, output;
  GivenOptions options, choice, verse;
  bool json = false;
};

int write(const Given& given) {
  jobs::WriteRequest request{given.opening, given.output, {}, {}, {}};
  apply_options(jobs::write_option_table(), given.options, request.options);
  apply_options(sequence::choice_option_table(), given.choice, request.choice);
  apply_options(verse::verse_options(), given.verse, request.verse);
  const StopOnSignal signals;
  std::function<void(std::string_view)> on_text;
  if (progress_form() == ProgressForm::json) {
    on_text = [](std::string_view text) {
      fmt::print(stderr, "{}\n", nlohmann::json{{"text", text}}.dump());
    };
  } else if (!given.json) {
    on_text = [](std::string_view text) {
      std::fwrite(text.data(), 1, text.size(), stdout);
      std::fflush(stdout);
    };
  }
  const jobs::WriteReport report = jobs::write(request, on_text, signals.token());
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("");
  }
  return 0;
}

}  // namespace

void add_write(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "write", "write poems that keep their form, stories, and go on with yours");
  const auto given = std::make_shared<Given>();
  command->add_option("OPENING", given->opening, "how the text begins; none: as the model likes")
      ->type_name("");
  command->add_option("-o,--output", given->output, "a text file to write, too")->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object when all is written");
  add_table_options(*command, given->options, jobs::write_option_table());
  add_table_options(*command, given->verse, verse::verse_options());
  add_table_options(*command, given->choice, sequence::choice_option_table());
  command->callback([given, &action] { action = [given] { return write(*given); }; });
}

}  // namespace atelier::cli
