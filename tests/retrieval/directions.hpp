// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/base/random.hpp"

namespace atelier::retrieval::test {

/// A vector of chance of its own number.
inline std::vector<float> direction(int number, int dimension) {
  RandomStream chance(static_cast<std::uint64_t>(number), "direction");
  std::vector<float> vector(static_cast<std::size_t>(dimension));
  for (float& v : vector) v = static_cast<float>(chance.normal());
  return vector;
}

}  // namespace atelier::retrieval::test
