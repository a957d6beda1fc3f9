// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/train_translate.hpp"
#include "cli/train_given.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string source, goal;
  GivenOptions translate;
  TrainGiven train;
};

int train_translate(const Given& given) {
  jobs::TrainTranslateRequest request{given.source, given.goal, {}};
  request.training.folder = given.train.folder;
  request.training.initial = given.train.initial;
  apply_options(train::train_option_table(), given.train.options, request.training.train);
  apply_options(translate::translate_option_table(), given.translate, request.training.translate);
  return run_training(given.train, [&](const train::RunListeners& listeners, std::stop_token stop) {
    return jobs::train_translate(request, listeners, std::move(stop));
  });
}

}  // namespace

void add_train_translate(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* translate = app.add_subcommand(
      "translate", "two networks that paint one collection like another, and back, without pairs");
  translate
      ->add_option("SOURCE", given->source,
                   "the first collection, photographs: a packed set or a folder")
      ->required()
      ->type_name("");
  translate
      ->add_option("GOAL", given->goal, "the second, a painter's works: a packed set or a folder")
      ->required()
      ->type_name("");
  add_table_options(*translate, given->translate, translate::translate_option_table());
  add_train_options(*translate, given->train, translate::translate_train_defaults(),
                    beginning_of_adversaries);
  translate->callback([given, &action] { action = [given] { return train_translate(*given); }; });
}

}  // namespace atelier::cli
