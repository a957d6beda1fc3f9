// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "atelier/base/options.hpp"
#include "atelier/train/options.hpp"
#include "atelier/train/run.hpp"

namespace atelier::sequence {

/// What is trained and on what text. Ranges, units and help stand once, in
/// sequence_option_table().
struct SequenceOptions {
  std::string architecture = "transformer";
  int layers = 4;
  int width = 256;
  int heads = 4;
  int context = 256;
  double dropout = 0.1;
  bool tied = true;
  std::string tokenizer = "characters";
  int vocabulary = 8192;
  std::string delimiter;
  int heading = 0;
  int seen_run = 8;
  std::string split = "tail";
  double held_out = 0.1;
  int judged = 131072;
};
[[nodiscard]] const OptionTable<SequenceOptions>& sequence_option_table();

/// The options of a training run as texts want them.
[[nodiscard]] train::TrainOptions sequence_train_defaults();

/// One training run.
struct SequenceTraining {
  std::filesystem::path folder;  ///< checkpoints, log, model: src/train/trainer.hpp
  /// A model to begin from, or empty. Its tokens are kept; the options must ask for its network.
  std::filesystem::path initial;
  train::TrainOptions train = sequence_train_defaults();
  SequenceOptions sequence;
};

/// Teaches a model to foretell each token of a text from those before it.
///
/// Held-out figures, of text that is never learned from, cut into stretches of --context tokens:
/// "bits", per character of the text; "loss", the mean cross-entropy in nats per token, by which
/// the best weights are told.
///
/// Throws Error as train's trainer does; bad_input and invalid_argument as a corpus is refused
/// (src/sequence/corpus.hpp); invalid_argument when the width is no multiple of eight and of twice
/// the heads, the batch no multiple of the processes, or the initial model another network.
train::RunReport train_text(const std::filesystem::path& text, const SequenceTraining& training,
                            const train::RunListeners& listeners = {}, std::stop_token stop = {});

}  // namespace atelier::sequence
