// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace atelier::sequence {

/// By what each position turns the pairs of a head's numbers (rotary.hpp): length x D/2 cosines and
/// sines, those that rotations() gives in float32.
struct Turns {
  std::vector<float> cosines, sines;
};
[[nodiscard]] Turns turns_of(std::int64_t length, std::int64_t head);

}  // namespace atelier::sequence
