// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/train_text.hpp"
#include "cli/train_given.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string text;
  GivenOptions sequence;
  TrainGiven train;
};

int train_text(const Given& given) {
  jobs::TrainTextRequest request{given.text, {}};
  request.training.folder = given.train.folder;
  request.training.initial = given.train.initial;
  apply_options(train::train_option_table(), given.train.options, request.training.train);
  apply_options(sequence::sequence_option_table(), given.sequence, request.training.sequence);
  return run_training(given.train, [&](const train::RunListeners& listeners, std::stop_token stop) {
    return jobs::train_text(request, listeners, std::move(stop));
  });
}

}  // namespace

void add_train_text(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* text = app.add_subcommand("text", "a model that writes as a text does");
  text->add_option("TEXT", given->text, "the text, a file in UTF-8")->required()->type_name("");
  add_table_options(*text, given->sequence, sequence::sequence_option_table());
  add_train_options(*text, given->train, sequence::sequence_train_defaults());
  text->callback([given, &action] { action = [given] { return train_text(*given); }; });
}

}  // namespace atelier::cli
