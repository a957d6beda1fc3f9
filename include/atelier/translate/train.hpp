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

namespace atelier::translate {

/// What is trained and on what samples. Ranges, units and help stand once, in
/// translate_option_table().
struct TranslateOptions {
  int width = 16;
  int critic_width = 64;
  int size = 128;
  double cycle_weight = 10;
  double identity_weight = 5;
  double adversary_weight = 1;
  std::string augment = "shift,cutout";
  double least_window = 0.5;
  int replay = 50;
  int group = 4;
  int judged = 64;
};
[[nodiscard]] const OptionTable<TranslateOptions>& translate_option_table();

/// The options of a training run as adversaries want them: AdamW at 2e-4 without cutting gradients.
[[nodiscard]] train::TrainOptions translate_train_defaults();

/// One training run.
struct TranslateTraining {
  std::filesystem::path folder;  ///< checkpoints, log, previews, model: src/train/trainer.hpp
  /// A trained translator to begin from, or the folder of a run, of which discriminators are taken
  /// over, too; empty: from chance.
  std::filesystem::path initial{};
  train::TrainOptions train = translate_train_defaults();
  TranslateOptions translate;
};

/// Trains two networks on two collections without pairs: one paints what the first holds like the
/// second, the other back (src/translate/training_task.hpp). `eyes`: EfficientNet-Lite0, through
/// which the discriminators look (gan::load_eyes()); `judge`: VGG-19, which measures. One picture
/// in ten of each collection, by the digest of its bytes, is held out.
///
/// Held-out figures: "cycle", how far there and back is from the picture, in the mean of absolute
/// differences; "back" and "there", the distance in features of translated pictures to the
/// collection that they shall look like, in relation to that of the pictures as they are. By
/// "there" the best weights are told: it is what translators are wanted for.
///
/// Throws Error as train's trainer does; invalid_argument with advice when a set has fewer than 16
/// pictures.
train::RunReport train_translator(const nets::FeatureNet& eyes, const nets::FeatureNet& judge,
                                  const train::PictureSet& from, const train::PictureSet& to,
                                  const TranslateTraining& training,
                                  const train::RunListeners& listeners = {},
                                  std::stop_token stop = {});

}  // namespace atelier::translate
