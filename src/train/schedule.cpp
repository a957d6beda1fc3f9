// SPDX-License-Identifier: Apache-2.0
#include "train/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace atelier::train {

double Schedule::at(std::int64_t step) const {
  if (step < warm_up) return rate * static_cast<double>(step + 1) / static_cast<double>(warm_up);
  const auto length = static_cast<double>(std::max<std::int64_t>(1, steps - warm_up));
  const double done = std::min(1.0, static_cast<double>(step - warm_up) / length);
  return rate * (last + (1 - last) * 0.5 * (1 + std::cos(std::numbers::pi * done)));
}

}  // namespace atelier::train
