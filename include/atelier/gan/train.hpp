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

namespace atelier::gan {

/// What is trained and on what samples. Ranges, units and help stand once, in gan_option_table().
struct GanOptions {
  std::string architecture = "skip";
  int size = 128;
  int width = 32;
  int critic_width = 64;
  int latent = 128;
  std::string classes = "auto";
  std::string augment = "colour,shift,cutout";
  double least_window = 0.8;
  bool flip = true;
  int group = 8;
  int judged = 512;
};
[[nodiscard]] const OptionTable<GanOptions>& gan_option_table();

/// The options of a training run as adversaries want them: AdamW at 2e-4 without cutting gradients.
[[nodiscard]] train::TrainOptions gan_train_defaults();

/// One training run.
struct GanTraining {
  std::filesystem::path folder;  ///< checkpoints, log, previews, model: src/train/trainer.hpp
  /// A trained generator to begin from, of this size or a smaller one, whose layers are taken over
  /// where they fit; or the folder of a run of this size, of which both networks are taken over, so
  /// that it goes on with other options; empty: from chance.
  std::filesystem::path initial{};
  train::TrainOptions train = gan_train_defaults();
  GanOptions gan;
};

/// EfficientNet-Lite0 as discriminators look through it. Throws Error missing_weights.
[[nodiscard]] nets::FeatureNet load_eyes();

/// Trains a generator on a collection of pictures, against discriminators that look through
/// `eyes` (EfficientNet-Lite0); `judge` (VGG-19), which no discriminator looks through, measures.
///
/// Held-out figures: "nearest", the distance of samples to the nearest picture of the set in
/// relation to the pictures' own nearest distances, below 1/2 when it copies; "diversity", the
/// samples' mean distance among each other in relation to the pictures', below 1/2 when it
/// collapses; "frechet", by which the best weights are told. A warning is told where one is too
/// low.
///
/// Throws Error as train's trainer does; invalid_argument with advice when the set has fewer than
/// 16 pictures, or none as large as half the size.
train::RunReport train_gan(const nets::FeatureNet& eyes, const nets::FeatureNet& judge,
                           const train::PictureSet& pictures, const GanTraining& training,
                           const train::RunListeners& listeners = {}, std::stop_token stop = {});

}  // namespace atelier::gan
