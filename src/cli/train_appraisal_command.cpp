// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/train_appraisal.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::vector<std::string> styles;
  std::string folder, emotions, shares, content, top, machines;
  GivenOptions options;
  bool json = false, quiet = false;
};

void print_figures(const appraise::AppraisalTrained& trained) {
  for (const auto& [name, of] : trained.of.at("style").at("collections").items()) {
    print_line(
        "{}: accuracy {:.3f} +- {:.3f}, macro F1 {:.3f} +- {:.3f}, calibration error {:.3f}", name,
        of.at("accuracy").at("mean").get<double>(), of.at("accuracy").at("deviation").get<double>(),
        of.at("macro_f1").at("mean").get<double>(), of.at("macro_f1").at("deviation").get<double>(),
        of.at("calibration_error").get<double>());
  }
  if (trained.of.contains("emotion")) {
    for (const auto& of : trained.of.at("emotion").at("emotions")) {
      if (!of.at("offered").get<bool>()) continue;
      print_line("{}: rank correlation {:.2f} ({:.2f} to {:.2f})", of.at("name").get<std::string>(),
                 of.at("rank_correlation").get<double>(), of.at("low").get<double>(),
                 of.at("high").get<double>());
    }
  }
  if (trained.of.contains("machines")) {
    for (const auto& [name, of] : trained.of.at("machines").at("kinds").items()) {
      print_line("{}: {:.0f} % found", name, 100 * of.at("found").get<double>());
    }
  }
  print_line("{}, {}, {}: {:.0f} s", trained.model.string(), trained.figures.string(),
             trained.confusion.string(), trained.seconds);
}

int train_appraisal(const Given& given) {
  appraise::AppraisalTraining training{.folder = given.folder,
                                       .styles = {given.styles.begin(), given.styles.end()},
                                       .emotions = given.emotions,
                                       .shares = given.shares,
                                       .content = given.content,
                                       .top = given.top,
                                       .machines = given.machines,
                                       .options = {}};
  apply_options(appraise::appraisal_option_table(), given.options, training.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const appraise::AppraisalTrained trained = jobs::train_appraisal(
      training, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(trained));
  } else {
    print_figures(trained);
  }
  return 0;
}

}  // namespace

void add_train_appraisal(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* command = app.add_subcommand(
      "appraisal", "what `appraise` tells: styles, emotions and things in works, with figures");
  command
      ->add_option("STYLES", given->styles,
                   "folders with a folder for each class, pictures named ARTIST_TITLE; or archives "
                   "(.zip, .tar) of such")
      ->required()
      ->type_name("");
  command
      ->add_option("--out", given->folder,
                   "folder of the run; what was seen there already is not looked at again")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--emotions", given->emotions,
                   "pictures named ID, with --shares: a folder or an archive")
      ->type_name("PATH");
  command
      ->add_option("--shares", given->shares,
                   "a table of the shares of viewers who named an emotion, by ID")
      ->type_name("FILE");
  command
      ->add_option(
          "--content", given->content,
          "a picture of each of ImageNet's classes, named SYNSET_NAME, with --top: a folder "
          "or an archive")
      ->type_name("PATH");
  command->add_option("--top", given->top, "EfficientNet-Lite0's .pth, whose classifier is taken")
      ->type_name("FILE");
  command
      ->add_option("--machines", given->machines,
                   "a folder with one folder for each kind of machine and one named 'untouched', "
                   "pictures named SOURCE__ANYTHING; or an archive of it")
      ->type_name("DIR");
  command->add_flag("--json", given->json, "print one JSON object with all figures");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->options, appraise::appraisal_option_table());
  command->callback([given, &action] { action = [given] { return train_appraisal(*given); }; });
}

}  // namespace atelier::cli
