// SPDX-License-Identifier: Apache-2.0
// atelier_train_fast PHOTOS PAINTINGS FOLDER [--OPTION VALUE]...
//
// The same run as `atelier train fast` (train/program.hpp). `--from MODEL` begins from a model.
#include "atelier/fast/train.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "train/program.hpp"

int main(int count, char** words) {
  using namespace atelier;
  fast::FastTraining training;
  train::Program program{"atelier_train_fast", {"PHOTOS", "PAINTINGS", "FOLDER"}, {}, {}};
  program.set = [&](std::string_view name, std::string_view value) {
    if (name == "from") {
      training.initial = value;
    } else if (const auto* entry = train::train_option_table().find(name)) {
      entry->parse(training.train, value);
    } else if (const auto* own = fast::fast_option_table().find(name)) {
      own->parse(training.fast, value);
    } else {
      return false;
    }
    return true;
  };
  program.run = [&](const auto& paths, const train::RunListeners& listeners, std::stop_token stop) {
    training.folder = paths[2];
    const train::PictureSet photos(paths[0]), paintings(paths[1]);
    return fast::train_fast(nets::FeatureNet::load("vgg19"), photos, paintings, training, listeners,
                            std::move(stop));
  };
  return train::run_program(program, count, words);
}
