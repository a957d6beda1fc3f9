// SPDX-License-Identifier: Apache-2.0
// atelier_train_text TEXT FOLDER [--OPTION VALUE]...
//
// Teaches a model to write as a text does (train/program.hpp). `--from MODEL` begins from a model.
#include "atelier/sequence/train.hpp"
#include "train/program.hpp"

int main(int count, char** words) {
  using namespace atelier;
  sequence::SequenceTraining training;
  train::Program program{"atelier_train_text", {"TEXT", "FOLDER"}, {}, {}};
  program.set = [&](std::string_view name, std::string_view value) {
    if (name == "from") {
      training.initial = value;
    } else if (const auto* entry = train::train_option_table().find(name)) {
      entry->parse(training.train, value);
    } else if (const auto* own = sequence::sequence_option_table().find(name)) {
      own->parse(training.sequence, value);
    } else {
      return false;
    }
    return true;
  };
  program.run = [&](const auto& paths, const train::RunListeners& listeners, std::stop_token stop) {
    training.folder = paths[1];
    return sequence::train_text(paths[0], training, listeners, std::move(stop));
  };
  return train::run_program(program, count, words);
}
