// SPDX-License-Identifier: Apache-2.0
// Written by bench/match/fit.py from 189 pairs that were painted; not to be changed by hand.
#include "style/compatibility/prediction.hpp"

namespace atelier::style {

std::span<const Model> models() {
  // clang-format off
  static const std::vector<Model> all{
    {.loss = "total", .constant = 0.50876, .coefficients = {
       {"balance_relu4_1", 0.66577},
       {"balance_relu5_1", 0.54723},
       {"movement_relu4_2", -0.32494},
     }, .error = 0.04840, .mean = -1.18040, .deviation = 0.11310},
    {.loss = "content", .constant = 2.51905, .coefficients = {
       {"balance_relu4_1", 2.71205},
       {"balance_relu5_1", -0.33869},
       {"movement_relu4_2", -1.87889},
     }, .error = 0.12715, .mean = -1.30393, .deviation = 0.25402},
    {.loss = "style", .constant = -1.16835, .coefficients = {
       {"balance_relu4_1", -0.44931},
       {"balance_relu5_1", 1.03676},
       {"movement_relu4_2", 0.44068},
     }, .error = 0.09135, .mean = -1.67284, .deviation = 0.16993},
  };
  // clang-format on
  return all;
}

}  // namespace atelier::style
