// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "atelier/base/options.hpp"

namespace atelier::train {

/// Options of every training run. Ranges, units and help stand once, in train_option_table().
struct TrainOptions {
  int steps = 20000;
  int batch = 4;
  std::string optimizer = "muon";
  double learning_rate = 1e-3;
  int warm_up = 200;
  double weight_decay = 0;
  double clip = 1;
  double average = 0.999;
  int checkpoint_every = 200;
  int held_out_every = 500;
  int preview_every = 500;
  std::uint64_t seed = 0;
  std::string precision = "fp32";
  std::string device = "auto";
  int threads = 0;
};

[[nodiscard]] const OptionTable<TrainOptions>& train_option_table();

}  // namespace atelier::train
