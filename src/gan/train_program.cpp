// SPDX-License-Identifier: Apache-2.0
// atelier_train_gan PICTURES FOLDER [--OPTION VALUE]...
//
// The same run as `atelier train gan` (train/program.hpp). `--from MODEL` begins from a generator.
#include "atelier/gan/train.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "train/program.hpp"

int main(int count, char** words) {
  using namespace atelier;
  gan::GanTraining training;
  train::Program program{"atelier_train_gan", {"PICTURES", "FOLDER"}, {}, {}};
  program.set = [&](std::string_view name, std::string_view value) {
    if (name == "from") {
      training.initial = value;
    } else if (const auto* entry = train::train_option_table().find(name)) {
      entry->parse(training.train, value);
    } else if (const auto* own = gan::gan_option_table().find(name)) {
      own->parse(training.gan, value);
    } else {
      return false;
    }
    return true;
  };
  program.run = [&](const auto& paths, const train::RunListeners& listeners, std::stop_token stop) {
    training.folder = paths[1];
    return gan::train_gan(gan::load_eyes(), nets::FeatureNet::load("vgg19"),
                          train::PictureSet(paths[0]), training, listeners, std::move(stop));
  };
  return train::run_program(program, count, words);
}
