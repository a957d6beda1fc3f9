// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/sequence/tokenizer.hpp"
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
  bool adversarial = false;
  double adversarial_weight = 0.1;
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
/// the best weights are told. Of adversarial training that is "told" instead: how well a judge
/// trained afresh tells what the model goes on with from the text, 0.5 (not at all) to 1.
///
/// Throws Error as train's trainer does; bad_input and invalid_argument as a corpus is refused
/// (src/sequence/corpus.hpp); invalid_argument when the width is no multiple of eight and of twice
/// the heads, the batch no multiple of the processes, the initial model another network, or none
/// given for adversarial training.
train::RunReport train_text(const std::filesystem::path& text, const SequenceTraining& training,
                            const train::RunListeners& listeners = {}, std::stop_token stop = {});

/// Pieces that are events already, such as music's: tokens 2..vocabulary - 1. Tokenizer::end is
/// put behind each, and stands in none.
struct EventPieces {
  std::vector<std::vector<Token>> trained, held_out;
  int vocabulary = 0;  ///< 2..most_tokens, with the tokens 0 and 1 that all have
  /// Notes, or what else is counted, to a token of the held-out pieces; 0: nothing is.
  double notes_per_token = 0;
};

/// The same for events in memory. Of the options' tokenizer, vocabulary, delimiter, heading, split
/// and share held out none counts. Figures are as above; an event is a character of its own, so
/// that "bits" are "loss" in another unit. Where notes are counted, "note" is the same in nats per
/// note: all that is foretold, divided among the notes alone.
///
/// Throws as train_text(); also Error invalid_argument for a token outside that range, and when the
/// initial model knows another number of events.
train::RunReport train_events(const EventPieces& pieces, const SequenceTraining& training,
                              const train::RunListeners& listeners = {}, std::stop_token stop = {});

/// A number in 0..1 that a document's bytes alone decide; it is held out where that is below the
/// share to be held out.
[[nodiscard]] double lot_of(std::string_view document);

}  // namespace atelier::sequence
