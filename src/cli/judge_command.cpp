// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/judge.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string model, pictures, goal, sheet;
  GivenOptions options;
  bool json = false, quiet = false;
};

void print(const gan::Judgement& judged) {
  print_line("{} samples beside {} pictures, Fréchet distance in VGG-19's relu5_1:", judged.samples,
             judged.pictures);
  print_line("  samples          {:12.4g}", judged.frechet);
  print_line("  half and half    {:12.4g}", judged.halves);
  print_line("  shuffled pixels  {:12.4g}", judged.shuffled);
  print_line(
      "nearest pictures are {:.2f} times as far as pictures' own; samples differ {:.2f} times "
      "as much as pictures",
      judged.nearest, judged.diversity);
}

void print(const char* name, const translate::DirectionJudged& way) {
  print_line("  {:5}  {:10.4g}  {:10.4g}  {:10.4g}   {:.0f} %", name, way.untouched, way.translated,
             way.halves, 100 * way.translated / way.untouched);
}

void print(const translate::Judgement& judged) {
  print_line("{} and {} pictures held out, energy distance to the goal in VGG-19's relu5_1:",
             judged.from, judged.to);
  print_line("          untouched  translated       halves   left");
  print("there", judged.there);
  print("back", judged.back);
  print_line("there and back: {:.1f} dB, {:.3f} in features", judged.cycle_psnr,
             judged.cycle_features);
}

int judge(const Given& given) {
  jobs::JudgeRequest request{given.model, given.pictures, given.goal, given.sheet, {}};
  apply_options(jobs::judge_option_table(), given.options, request.options);
  ProgressBar bar(given.quiet);
  const StopOnSignal signals;
  const jobs::JudgeReport report = jobs::judge(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  if (report.generator) print(*report.generator);
  if (report.translator) print(*report.translator);
  if (!report.sheet.empty())
    print_line("{}: samples, each beside the picture most like it", report.sheet.string());
  return 0;
}

}  // namespace

void add_judge(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "judge", "measure a generator or translator of train's beside the pictures it learned from");
  const auto given = std::make_shared<Given>();
  command->add_option("MODEL", given->model, "its file")->required()->type_name("");
  command
      ->add_option("PICTURES", given->pictures,
                   "the packed set that it learned from; a translator's first")
      ->required()
      ->type_name("");
  command->add_option("--goal", given->goal, "a translator's second set")->type_name("FILE");
  command
      ->add_option("--sheet", given->sheet,
                   "64 samples of a generator, each beside the picture most like it")
      ->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->options, jobs::judge_option_table());
  command->callback([given, &action] { action = [given] { return judge(*given); }; });
}

}  // namespace atelier::cli
