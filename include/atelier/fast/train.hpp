// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "atelier/base/options.hpp"
#include "atelier/train/options.hpp"
#include "atelier/train/run.hpp"

namespace atelier::nets {
class FeatureNet;
}
namespace atelier::train {
class PictureSet;
}

namespace atelier::fast {

/// What and how the one-pass network learns. Ranges, units and help stand once, in
/// fast_option_table().
struct FastOptions {
  std::string architecture = "modulated";
  int size = 256;
  int style_size = 256;
  int style_steps = 8;
  double content_weight = 0.4;
  double style_weight = 1;
  double tv_weight = 0.5;
  double recolour = 0.2;
  double own_style = 0.05;
};

[[nodiscard]] const OptionTable<FastOptions>& fast_option_table();

/// One training run.
struct FastTraining {
  std::filesystem::path folder;     ///< checkpoints, log, previews, model: src/train/trainer.hpp
  std::filesystem::path initial{};  ///< a trained model to begin from; empty: from chance
  train::TrainOptions train;
  FastOptions fast;
};

/// What a network of one style alone is trained by where it begins from that of every style, which
/// takes hundreds of steps in the place of ten thousands. `initial` is empty.
[[nodiscard]] FastTraining own_style_training();

/// Trains the one-pass network on every pairing of photographs and paintings, against what
/// `stylize` minimises. One in 50 of both, by the digest of its bytes, is held out for measuring.
/// A folder with a checkpoint of the same options and sets is gone on from.
/// `net`: VGG-19. A set of one painting makes a network for that painting. Throws Error as
/// train's trainer does.
train::RunReport train_fast(const nets::FeatureNet& net, const train::PictureSet& photos,
                            const train::PictureSet& paintings, const FastTraining& training,
                            const train::RunListeners& listeners = {}, std::stop_token stop = {});

}  // namespace atelier::fast
