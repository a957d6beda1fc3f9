// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/train_emotions.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"
#include "cli/train_emotions_command.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string poems, labels, folder;
  GivenOptions options;
  bool json = false, quiet = false;
};

int train_emotions(const Given& given) {
  appraise::EmotionTraining training{
      .folder = given.folder, .poems = given.poems, .labels = given.labels, .options = {}};
  apply_options(appraise::emotion_option_table(), given.options, training.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const appraise::EmotionsTrained trained = jobs::train_emotions(
      training, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(trained));
    return 0;
  }
  for (const auto& of : trained.of.at("emotions")) {
    print_line("{}: rank correlation {:.2f} ({:.2f} to {:.2f}), error {:.3f} beside {:.3f}{}",
               of.at("name").get<std::string>(), of.at("rank_correlation").get<double>(),
               of.at("low").get<double>(), of.at("high").get<double>(),
               of.at("error").get<double>(), of.at("control_error").get<double>(),
               of.at("offered").get<bool>() ? "" : ": not offered");
  }
  print_line("{}, {}: {:.0f} s", trained.model.string(), trained.figures.string(), trained.seconds);
  return 0;
}

}  // namespace

void add_train_emotions(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* command =
      app.add_subcommand("emotions", "what readers feel in poems, for `appraise`, with figures");
  command
      ->add_option("POEMS", given->poems,
                   "many English poems: a line each, two blank lines after each poem")
      ->required()
      ->type_name("");
  command
      ->add_option("LABELS", given->labels,
                   "a table of poems that readers labelled: a line, then what each reader named")
      ->required()
      ->type_name("");
  command->add_option("--out", given->folder, "folder of the run")->required()->type_name("DIR");
  command->add_flag("--json", given->json, "print one JSON object with all figures");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->options, appraise::emotion_option_table());
  command->callback([given, &action] { action = [given] { return train_emotions(*given); }; });
}

}  // namespace atelier::cli
