// SPDX-License-Identifier: Apache-2.0
#include "atelier/train/options.hpp"

namespace atelier::train {

const OptionTable<TrainOptions>& train_option_table() {
  using O = TrainOptions;
  constexpr int many = 100'000'000;
  static const OptionTable<O> table{
      {&O::steps, {"steps", "Training", "how many steps", "steps", 1, many, {}, {}}},
      {&O::batch,
       {"batch", "Training", "samples a step, of all processes together", "", 1, 65536, {}, {}}},
      {&O::learning_rate,
       {"learning-rate", "Training", "greatest step size of AdamW", "", 1e-7, 1, {}, {}}},
      {&O::warm_up,
       {"warm-up",
        "Training",
        "steps over which the learning rate rises",
        "steps",
        0,
        many,
        {},
        {}}},
      {&O::weight_decay,
       {"weight-decay", "Training", "pull of every weight towards zero", "", 0, 1, {}, {}}},
      {&O::clip,
       {"clip", "Training", "greatest norm of a step's gradient; 0: any", "", 0, 1e6, {}, {}}},
      {&O::average,
       {"average",
        "Training",
        "decay of the average of weights that is kept and used",
        "",
        0,
        0.999999,
        {},
        {}}},
      {&O::checkpoint_every,
       {"checkpoint-every", "Training", "steps between checkpoints", "steps", 1, many, {}, {}}},
      {&O::held_out_every,
       {"held-out-every",
        "Training",
        "steps between measurements on samples never trained on",
        "steps",
        1,
        many,
        {},
        {}}},
      {&O::preview_every,
       {"preview-every", "Training", "steps between preview sheets", "steps", 1, many, {}, {}}},
      {&O::seed, {"seed", "Training", "of all chance", "", 0, {}, {}, {}}},
      {&O::precision,
       {"precision",
        "Compute",
        "fp32, or bf16 where it is safe (mixed precision)",
        "",
        {},
        {},
        {"fp32", "bf16"},
        {}}},
      {&O::device,
       {"device", "Compute", "where to compute: auto, cpu, cuda or cuda:N", "", {}, {}, {}, {}}},
      {&O::threads,
       {"threads", "Compute", "threads of the processor; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

}  // namespace atelier::train
