// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/jobs/train_fast.hpp"
#include "cli/train_given.hpp"

namespace atelier::cli {
namespace {

constexpr const char* from_chance = "none";

struct Given {
  std::string photos, paintings, style;
  GivenOptions fast;
  TrainGiven train;
};

/// What is trained by where nothing else was typed.
fast::FastTraining beginning(const Given& given) {
  const std::string& from = given.train.initial;
  fast::FastTraining training;
  if (!given.style.empty()) {
    training = from.empty() ? jobs::own_style_training() : fast::own_style_training();
  }
  if (!from.empty() && from != from_chance) training.initial = from;
  return training;
}

/// The defaults that --style changes, as they would be typed.
std::string own_style_defaults() {
  const fast::FastTraining own = fast::own_style_training(), every;
  std::string text = "With --style, unless told otherwise:";
  const auto add = [&](const nlohmann::json& of_own, const nlohmann::json& of_every) {
    for (const auto& [name, value] : of_own.items()) {
      if (value == of_every.at(name)) continue;
      std::string flag = name;
      std::replace(flag.begin(), flag.end(), '_', '-');
      text += fmt::format(" --{} {}", flag, value.dump());
    }
  };
  add(fast::fast_option_table().to_json(own.fast), fast::fast_option_table().to_json(every.fast));
  add(train::train_option_table().to_json(own.train),
      train::train_option_table().to_json(every.train));
  return text;
}

int train_fast(const Given& given) {
  if (given.paintings.empty() == given.style.empty()) {
    fail(ErrorKind::invalid_argument,
         "give either --paintings, for a network of every style, or --style, for one of its own.");
  }
  jobs::TrainFastRequest request{given.photos, given.style.empty() ? given.paintings : given.style,
                                 beginning(given)};
  request.training.folder = given.train.folder;
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
  add_train_options(*fast, given->train, {},
                    "a trained model to begin from, or none; of --style the network that comes "
                    "along unless told otherwise");
  fast->footer(own_style_defaults());
  fast->callback([given, &action] { action = [given] { return train_fast(*given); }; });
}

}  // namespace atelier::cli
