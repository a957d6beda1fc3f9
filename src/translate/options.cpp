// SPDX-License-Identifier: Apache-2.0
#include "atelier/translate/train.hpp"

namespace atelier::translate {

const OptionTable<TranslateOptions>& translate_option_table() {
  using O = TranslateOptions;
  static const OptionTable<O> table{
      {&O::width,
       {"width",
        "Network",
        "channels at the picture's own size; others are multiples",
        "",
        4,
        64,
        {},
        {}}},
      {&O::critic_width,
       {"critic-width",
        "Network",
        "channels that discriminators see the finest features in; others are multiples",
        "",
        8,
        128,
        {},
        {}}},
      {&O::size, {"size", "Samples", "edge of samples: 64, 128 or 256", "px", 64, 256, {}, {}}},
      {&O::cycle_weight,
       {"cycle-weight",
        "Losses",
        "how much there and back must give the picture again",
        "",
        0,
        1000,
        {},
        {}}},
      {&O::identity_weight,
       {"identity-weight",
        "Losses",
        "how much a picture that is one of the goal's must stay as it is",
        "",
        0,
        1000,
        {},
        {}}},
      {&O::adversary_weight,
       {"adversary-weight",
        "Losses",
        "how much pictures must look like the goal's",
        "",
        0,
        1000,
        {},
        {}}},
      {&O::augment,
       {"augment",
        "Samples",
        "what the discriminators must not learn by heart: any of colour, shift, cutout, or none",
        "",
        {},
        {},
        {},
        {}}},
      {&O::least_window,
       {"least-window",
        "Samples",
        "share of a picture's shorter edge that a sample shows, at least",
        "",
        0.1,
        1,
        {},
        {}}},
      {&O::replay,
       {"replay",
        "Samples",
        "painted pictures of the past that each discriminator is reminded of",
        "",
        0,
        1000,
        {},
        {}}},
      {&O::group,
       {"group",
        "Network",
        "pictures of a batch that discriminators normalise together; processes times this must "
        "divide it",
        "",
        2,
        256,
        {},
        {}}},
      {&O::judged,
       {"judged",
        "Samples",
        "pictures held out, at most, that figures are measured on",
        "",
        8,
        10000,
        {},
        {}}},
  };
  return table;
}

train::TrainOptions translate_train_defaults() {
  train::TrainOptions options;
  options.optimizer = "adamw";
  options.learning_rate = 2e-4;
  options.warm_up = 0;
  options.clip = 0;
  return options;
}

}  // namespace atelier::translate
