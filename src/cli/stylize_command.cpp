// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/recipe.hpp"
#include "atelier/jobs/stylize.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string content, output, recipe, style_from;
  std::vector<std::string> styles;
  GivenOptions options, extras;
  bool json = false, quiet = false;
};

jobs::StylizeRequest fresh_request(const Given& given) {
  if (given.content.empty() || (given.styles.empty() && given.style_from.empty())) {
    fail(ErrorKind::invalid_argument,
         "name a photograph and a painting: atelier stylize CONTENT STYLE -o OUT.");
  }
  jobs::StylizeRequest request;
  request.content = given.content;
  request.styles.assign(given.styles.begin(), given.styles.end());
  request.style_from = given.style_from;
  const auto& table = style::stylize_option_table();
  style::StylizeOptions preset;
  if (const auto named = given.options.find("preset"); named != given.options.end()) {
    table.find("preset")->parse(preset, std::string_view(named->second));
  }
  request.options = style::preset_options(preset.preset);
  apply_options(table, given.options, request.options);
  return request;
}

/// Runs a recipe again; options that are given besides change it.
jobs::StylizeRequest repeated_request(const Given& given) {
  if (given.options.contains("preset")) {
    fail(ErrorKind::invalid_argument,
         "--preset and --recipe both say how to paint; leave one out.");
  }
  if (!given.style_from.empty()) {
    fail(ErrorKind::invalid_argument,
         "--style-from and --recipe both say which painting to take; leave one out.");
  }
  if (!given.content.empty() && given.styles.empty()) {
    fail(ErrorKind::invalid_argument, "with --recipe name all of its pictures or none.");
  }
  jobs::StylizeRequest request =
      jobs::repeat_request(jobs::read_recipe(given.recipe), given.recipe, given.content,
                           {given.styles.begin(), given.styles.end()});
  apply_options(style::stylize_option_table(), given.options, request.options);
  // Changed, it is another painting, which runs to its own end.
  if (!given.options.empty()) request.repeats->stopped_after.reset();
  return request;
}

void print_report(const jobs::StylizeReport& report) {
  const bool early = report.stop_reason != "iterations";
  print_line("{}", report.output.string());
  if (report.choice) {
    print_line("style: {}, score {:.0f}, the best of {}", report.styles.front().string(),
               report.choice->score, report.choice->compared);
  }
  print_line("{} x {} px, {} iterations in {:.1f} s{}", report.width, report.height,
             report.iterations, report.seconds,
             early ? fmt::format(" (ended early: {})", report.stop_reason) : "");
  std::string losses;
  style::for_each_loss(report.losses, [&](const char* name, double value) {
    losses += fmt::format("{}{} {:.4g}", losses.empty() ? "" : ", ", name, value);
  });
  print_line("losses: {}", losses);
}

int stylize(const Given& given) {
  if (given.output.empty()) {
    fail(ErrorKind::invalid_argument,
         "say where the picture goes: -o OUT, such as -o painted.png.");
  }
  jobs::StylizeRequest request =
      given.recipe.empty() ? fresh_request(given) : repeated_request(given);
  request.output = given.output;
  apply_options(jobs::stylize_extras_table(), given.extras, request.extras);

  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::StylizeReport report = jobs::stylize(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const std::string& warning : report.warnings)
    fmt::print(stderr, "atelier: warning: {}\n", warning);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return report.stop_reason == "cancelled" ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace

void add_stylize(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("stylize", "repaint a photograph like a painting");
  const auto given = std::make_shared<Given>();
  command->add_option("CONTENT", given->content, "the photograph")->type_name("");
  command->add_option("STYLE", given->styles, "the painting, or several")->type_name("");
  command->add_option("-o,--output", given->output, "picture to write: .png, .jpg, .tif or .webp")
      ->type_name("FILE");
  command
      ->add_option("--recipe", given->recipe,
                   "picture of Atelier's or .json file whose run is repeated")
      ->type_name("FILE");
  command
      ->add_option("--style-from", given->style_from,
                   "instead of STYLE: paint with the best match among a folder's paintings")
      ->type_name("FOLDER");
  command->add_flag("--json", given->json, "print one JSON object with what was made and measured");
  command->add_flag("--quiet", given->quiet, "no progress");
  add_table_options(*command, given->options, style::stylize_option_table());
  add_table_options(*command, given->extras, jobs::stylize_extras_table());
  command->callback([given, &action] { action = [given] { return stylize(*given); }; });
}

}  // namespace atelier::cli
