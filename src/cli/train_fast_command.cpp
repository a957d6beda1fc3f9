// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/train_fast.hpp"
#include "cli/train_given.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string photos, paintings, style;
  GivenOptions fast;
  TrainGiven train;
};

int train_fast(const Given& given) {
  if (given.paintings.empty() == given.style.empty()) {
    fail(ErrorKind::invalid_argument,
         "give either --paintings, for a network of every style, or --style, for one of its own.");
  }
  jobs::TrainFastRequest request{given.photos,
                                 given.style.empty() ? given.paintings : given.style,
                                 {given.train.folder, given.train.initial, {}, {}}};
  apply_options(train::train_option_table(), given.train.options, request.training.train);
  apply_options(fast::fast_option_table(), given.fast, request.training.fast);
  return run_training(given.train, [&](const train::RunListeners& listeners, std::stop_token stop) {
    return jobs::train_fast(request, listeners, std::move(stop));
  });
}

}  // namespace

void add_train_fast(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* fast =
      app.add_subcommand("fast", "the network that paints any photograph in any style in one pass");
  fast->add_option("--photos", given->photos, "photographs: a packed set or a folder")
      ->required()
      ->type_name("PATH");
  fast->add_option("--paintings", given->paintings,
                   "paintings of every style: a packed set or a folder")
      ->type_name("PATH");
  fast->add_option("--style", given->style,
                   "one painting or one painter's folder: a network for this style alone")
      ->type_name("PATH");
  add_table_options(*fast, given->fast, fast::fast_option_table());
  add_train_options(*fast, given->train);
  fast->callback([given, &action] { action = [given] { return train_fast(*given); }; });
}

}  // namespace atelier::cli
