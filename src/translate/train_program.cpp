// SPDX-License-Identifier: Apache-2.0
// atelier_train_translate FROM TO FOLDER [--OPTION VALUE]...
//
// The same run as `atelier train translate` (train/program.hpp). `--from MODEL` begins from a
// translator.
#include "atelier/gan/train.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "atelier/translate/train.hpp"
#include "train/program.hpp"

int main(int count, char** words) {
  using namespace atelier;
  translate::TranslateTraining training;
  train::Program program{"atelier_train_translate", {"FROM", "TO", "FOLDER"}, {}, {}};
  program.set = [&](std::string_view name, std::string_view value) {
    if (name == "from") {
      training.initial = value;
    } else if (const auto* entry = train::train_option_table().find(name)) {
      entry->parse(training.train, value);
    } else if (const auto* own = translate::translate_option_table().find(name)) {
      own->parse(training.translate, value);
    } else {
      return false;
    }
    return true;
  };
  program.run = [&](const auto& paths, const train::RunListeners& listeners, std::stop_token stop) {
    training.folder = paths[2];
    return translate::train_translator(gan::load_eyes(), nets::FeatureNet::load("vgg19"),
                                       train::PictureSet(paths[0]), train::PictureSet(paths[1]),
                                       training, listeners, std::move(stop));
  };
  return train::run_program(program, count, words);
}
