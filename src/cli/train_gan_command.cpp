// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/train_gan.hpp"
#include "cli/train_given.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string pictures;
  GivenOptions gan;
  TrainGiven train;
};

int train_gan(const Given& given) {
  jobs::TrainGanRequest request{given.pictures, {}};
  request.training.folder = given.train.folder;
  request.training.initial = given.train.initial;
  apply_options(train::train_option_table(), given.train.options, request.training.train);
  apply_options(gan::gan_option_table(), given.gan, request.training.gan);
  return run_training(given.train, [&](const train::RunListeners& listeners, std::stop_token stop) {
    return jobs::train_gan(request, listeners, std::move(stop));
  });
}

}  // namespace

void add_train_gan(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* gan = app.add_subcommand(
      "gan", "a generator that paints new pictures after a collection of some hundreds");
  gan->add_option("PICTURES", given->pictures, "the collection: a packed set or a folder")
      ->required()
      ->type_name("");
  add_table_options(*gan, given->gan, gan::gan_option_table());
  add_train_options(*gan, given->train, gan::gan_train_defaults(), beginning_of_adversaries);
  gan->callback([given, &action] { action = [given] { return train_gan(*given); }; });
}

}  // namespace atelier::cli
