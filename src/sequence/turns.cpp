// SPDX-License-Identifier: Apache-2.0
#include "sequence/turns.hpp"

#include <cmath>

namespace atelier::sequence {

Turns turns_of(std::int64_t length, std::int64_t head) {
  constexpr double base = 10000;
  std::vector<double> speeds;
  for (std::int64_t i = 0; i < head; i += 2) {
    speeds.push_back(
        std::exp(static_cast<double>(i) * (-std::log(base) / static_cast<double>(head))));
  }
  Turns turns;
  for (std::int64_t position = 0; position < length; ++position) {
    for (const double speed : speeds) {
      const double angle = static_cast<double>(position) * speed;
      turns.cosines.push_back(static_cast<float>(std::cos(angle)));
      turns.sines.push_back(static_cast<float>(std::sin(angle)));
    }
  }
  return turns;
}

}  // namespace atelier::sequence
