// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/jobs/train_report.hpp"
#include "atelier/sequence/train.hpp"

namespace atelier::jobs {

/// What music is learned. Ranges and help stand in train_music_option_table().
struct TrainMusicOptions {
  std::string kind;
  int transpose = 6;
};
[[nodiscard]] const OptionTable<TrainMusicOptions>& train_music_option_table();

/// Which of sequence_option_table() a model of music has.
[[nodiscard]] const std::vector<std::string>& music_sequence_options();

/// A training run of a model that composes.
struct TrainMusicRequest {
  std::filesystem::path music;  ///< by kind, as docs/music.md says
  TrainMusicOptions options;
  sequence::SequenceTraining training;
};

/// Held-out figures: "loss", nats per token, by which the best weights are told; "note", nats per
/// note that is struck; "bits", per token.
///
/// Throws Error invalid_argument for another kind; bad_input when there is no such music; and as
/// sequence::train_events().
[[nodiscard]] TrainReport train_music(const TrainMusicRequest& request,
                                      const train::RunListeners& listeners = {},
                                      std::stop_token stop = {});

}  // namespace atelier::jobs
