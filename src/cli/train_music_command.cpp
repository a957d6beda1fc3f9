// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/train_music.hpp"
#include "cli/train_given.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string music;
  GivenOptions options, sequence;
  TrainGiven train;
};

int train_music(const Given& given) {
  jobs::TrainMusicRequest request{given.music, {}, {}};
  request.training.folder = given.train.folder;
  request.training.initial = given.train.initial;
  apply_options(jobs::train_music_option_table(), given.options, request.options);
  apply_options(train::train_option_table(), given.train.options, request.training.train);
  apply_options(sequence::sequence_option_table(), given.sequence, request.training.sequence);
  return run_training(given.train, [&](const train::RunListeners& listeners, std::stop_token stop) {
    return jobs::train_music(request, listeners, std::move(stop));
  });
}

}  // namespace

void add_train_music(CLI::App& app, Action& action) {
  const auto given = std::make_shared<Given>();
  CLI::App* music = app.add_subcommand("music", "a model that composes as music does");
  music
      ->add_option("MUSIC", given->music,
                   "chorales: their JSON; folk: ABC, a file or folder; piano: MIDI, likewise")
      ->required()
      ->type_name("");
  add_table_options(*music, given->options, jobs::train_music_option_table());
  add_table_options(*music, given->sequence, sequence::sequence_option_table(),
                    jobs::music_sequence_options());
  add_train_options(*music, given->train, sequence::sequence_train_defaults());
  music->callback([given, &action] { action = [given] { return train_music(*given); }; });
}

}  // namespace atelier::cli
