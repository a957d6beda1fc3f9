// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/batch.hpp"
#include "atelier/jobs/explain.hpp"
#include "atelier/jobs/film.hpp"
#include "atelier/jobs/recipe.hpp"
#include "atelier/jobs/stylize.hpp"
#include "cli/commands.hpp"
#include "cli/losses_text.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/stylize_given.hpp"

namespace atelier::cli {
namespace {

style::StylizeOptions fresh_options(const GivenStylize& given) {
  const auto& table = style::stylize_option_table();
  style::StylizeOptions preset;
  if (const auto named = given.options.find("preset"); named != given.options.end()) {
    table.find("preset")->parse(preset, std::string_view(named->second));
  }
  style::StylizeOptions options = style::preset_options(preset.preset);
  apply_options(table, given.options, options);
  return options;
}

jobs::StylizeRequest fresh_request(const GivenStylize& given) {
  jobs::StylizeRequest request;
  request.content = given.content;
  request.styles.assign(given.styles.begin(), given.styles.end());
  request.style_from = given.style_from;
  request.options = fresh_options(given);
  return request;
}

jobs::StylizeRequest with_extras(jobs::StylizeRequest request, const GivenStylize& given) {
  apply_options(jobs::stylize_extras_table(), given.extras, request.extras);
  return request;
}

/// Runs a recipe again; options that are given besides change it.
jobs::StylizeRequest repeated_request(const GivenStylize& given) {
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
  if (report.method == "fast") {
    print_line("{} x {} px, in one pass of {:.2f} s", report.width, report.height, report.seconds);
    return;
  }
  print_line("{} x {} px, {} iterations in {:.1f} s{}{}", report.width, report.height,
             report.iterations, report.seconds,
             report.resumed_at > 0 ? fmt::format(" ({} from before)", report.resumed_at) : "",
             early ? fmt::format(" (ended early: {})", report.stop_reason) : "");
  print_line("losses: {}", losses_text(report.losses));
}

void check_explain(const GivenStylize& given) {
  if (given.explain.empty()) return;
  if (given.sweep.empty() && !jobs::is_batch(given.content, given.styles)) return;
  fail(ErrorKind::invalid_argument,
       "--explain {} explains one painting, and many are asked for; name one photograph and its "
       "paintings.",
       given.explain);
}

/// Refuses what is for still pictures alone.
void check_film(const GivenStylize& given, const jobs::StylizeRequest& request) {
  if (!given.explain.empty()) {
    fail(ErrorKind::invalid_argument, "--explain {} explains a still picture, not a film.",
         given.explain);
  }
  if (!request.style_from.empty() && jobs::is_film(request.content)) {
    fail(ErrorKind::invalid_argument,
         "--style-from {} chooses for a photograph, and {} is a film; rank the paintings for one "
         "of its frames with `atelier match` and name the best.",
         request.style_from.string(), request.content.string());
  }
}

int stylize(const GivenStylize& given) {
  if (given.output.empty()) {
    fail(ErrorKind::invalid_argument,
         "say where the picture goes: -o OUT, such as -o painted.png.");
  }
  if (given.recipe.empty() &&
      (given.content.empty() || (given.styles.empty() && given.style_from.empty()))) {
    fail(ErrorKind::invalid_argument,
         "name a photograph and a painting: atelier stylize CONTENT STYLE -o OUT.");
  }
  check_explain(given);
  if (!given.sweep.empty()) return stylize_sweep(given, with_extras(fresh_request(given), given));
  if (jobs::is_batch(given.content, given.styles))
    return stylize_many(given, with_extras(fresh_request(given), given));
  if (!given.batch.empty()) {
    fail(ErrorKind::invalid_argument,
         "--{} is for folders and patterns of pictures; one picture has the format of its suffix.",
         given.batch.begin()->first);
  }
  jobs::StylizeRequest request =
      with_extras(given.recipe.empty() ? fresh_request(given) : repeated_request(given), given);
  request.output = given.output;
  if (makes_film(given.film, request)) {
    check_film(given, request);
    return stylize_film(given.film, given.signing, request, given.json, given.quiet);
  }
  const auto signer = open_signer(given.signing);

  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const OnProgress show = [&](const Progress& progress) { bar.show(progress); };
  bool cancelled = false;
  jobs::StylizeReport report;
  if (given.explain.empty()) {
    report = jobs::stylize(request, show, signals.token());
    cancelled = report.stop_reason == "cancelled";
  } else {
    const jobs::Explanation explanation =
        jobs::explain(request, given.explain, show, signals.token());
    report = explanation.painting;
    cancelled = explanation.cancelled;
  }
  bar.clear();
  std::vector<std::filesystem::path> works = report.styles;
  works.push_back(request.content);
  sign_made(signer.get(), report.output, works);
  for (const std::string& warning : report.warnings)
    fmt::print(stderr, "atelier: warning: {}\n", warning);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
    if (!given.explain.empty())
      print_line("{}", (std::filesystem::path(given.explain) / "index.html").string());
  }
  return cancelled ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace

void add_stylize(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("stylize", "repaint a photograph like a painting");
  const auto given = std::make_shared<GivenStylize>();
  command
      ->add_option("CONTENT", given->content,
                   "the photograph or film; a folder or a quoted pattern for many: 'in/**/*.jpg'")
      ->type_name("");
  command
      ->add_option("STYLE", given->styles,
                   "the painting; several are blended; those of a folder or pattern are taken in "
                   "turn")
      ->type_name("");
  command
      ->add_option("-o,--output", given->output,
                   "what to write: .png, .jpg, .tif or .webp; of a film .mp4, .mkv, .webm, .gif or "
                   ".webp; for many, the folder")
      ->type_name("FILE|DIR");
  command
      ->add_option("--recipe", given->recipe,
                   "picture of Atelier's or .json file whose run is repeated")
      ->type_name("FILE");
  command
      ->add_option("--style-from", given->style_from,
                   "instead of STYLE: paint with the best match among a folder's paintings")
      ->type_name("FOLDER");
  command
      ->add_option("--sweep", given->sweep,
                   "paint with each of these values and show all on one labelled sheet; several "
                   "times: every combination. -o names the sheet, or a folder for sheet and "
                   "pictures")
      ->type_name("NAME=A,B,..")
      ->allow_extra_args(false);
  command
      ->add_option("--explain", given->explain,
                   "folder for a page on how the painting came about: losses of each layer, what "
                   "each layer rebuilds, what each changed option did")
      ->type_name("DIR");
  command->add_flag("--json", given->json, "print one JSON object with what was made and measured");
  command->add_flag("--quiet", given->quiet, "no progress");
  add_table_options(*command, given->options, style::stylize_option_table());
  add_table_options(*command, given->extras, jobs::stylize_extras_table());
  add_table_options(*command, given->batch, jobs::batch_option_table());
  add_film_options(*command, given->film);
  add_signing_options(*command, given->signing);
  command->callback([given, &action] { action = [given] { return stylize(*given); }; });
}

}  // namespace atelier::cli
