// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/train.hpp"

namespace atelier::fast {

const OptionTable<FastOptions>& fast_option_table() {
  using O = FastOptions;
  static const OptionTable<O> table{
      {&O::architecture,
       {"architecture", "Network", "the network's form", "", {}, {}, {"modulated", "plain"}, {}}},
      {&O::size, {"size", "Samples", "edge of the photographs' squares", "px", 64, 1024, {}, {}}},
      {&O::style_size,
       {"style-size", "Samples", "edge of the paintings' squares", "px", 64, 1024, {}, {}}},
      {&O::style_steps,
       {"style-steps",
        "Samples",
        "steps that a painting stays before the next takes its place",
        "steps",
        1,
        10000,
        {},
        {}}},
      {&O::recolour,
       {"recolour", "Samples", "share of paintings with exchanged colours", "", 0, 1, {}, {}}},
      {&O::own_style,
       {"own-style",
        "Samples",
        "share of photographs painted in their own style, for strengths below 1",
        "",
        0,
        1,
        {},
        {}}},
      {&O::content_weight,
       {"content-weight", "Objective", "weight of the photograph's forms", "", 0, 1e6, {}, {}}},
      {&O::style_weight,
       {"style-weight", "Objective", "weight of the painting's texture", "", 0, 1e6, {}, {}}},
      {&O::tv_weight, {"tv-weight", "Objective", "weight of smoothness", "", 0, 1e6, {}, {}}},
  };
  return table;
}

FastTraining own_style_training() {
  FastTraining training;
  training.fast.style_size = 512;
  training.train.steps = 1000;
  training.train.warm_up = 20;
  training.train.average = 0.98;
  training.train.checkpoint_every = 50;
  training.train.held_out_every = training.train.preview_every = 100;
  return training;
}

}  // namespace atelier::fast
