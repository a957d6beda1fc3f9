// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/train.hpp"

namespace atelier::gan {

const OptionTable<GanOptions>& gan_option_table() {
  using O = GanOptions;
  static const OptionTable<O> table{
      {&O::architecture,
       {"architecture",
        "Network",
        "the generator's form; dcgan is there to be compared with",
        "",
        {},
        {},
        {"skip", "dcgan"},
        {}}},
      {&O::size,
       {"size", "Network", "edge of the pictures: 32, 64, 128, 256 or 512", "px", 32, 512, {}, {}}},
      {&O::width,
       {"width", "Network", "channels at half the size; others are multiples", "", 8, 128, {}, {}}},
      {&O::critic_width,
       {"critic-width",
        "Network",
        "channels that discriminators see the finest features in; others are multiples",
        "",
        8,
        128,
        {},
        {}}},
      {&O::latent, {"latent", "Network", "numbers that a picture grows from", "", 8, 1024, {}, {}}},
      {&O::classes,
       {"classes",
        "Network",
        "learn the set's classes apart, so that one can be asked for; auto: when all have one",
        "",
        {},
        {},
        {"auto", "off"},
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
      {&O::flip,
       {"flip", "Samples", "let every second sample be a mirror image", "", {}, {}, {}, {}}},
      {&O::group,
       {"group",
        "Network",
        "pictures of a batch that are normalised together; processes times this must divide it",
        "",
        2,
        256,
        {},
        {}}},
      {&O::judged,
       {"judged",
        "Samples",
        "samples that the held-out figures are measured on",
        "",
        32,
        50000,
        {},
        {}}},
  };
  return table;
}

train::TrainOptions gan_train_defaults() {
  train::TrainOptions options;
  options.batch = 16;
  options.optimizer = "adamw";
  options.learning_rate = 2e-4;
  options.warm_up = 0;
  options.clip = 0;
  options.average = 0.999;
  return options;
}

}  // namespace atelier::gan
