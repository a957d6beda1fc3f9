// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fast/colour_transport.hpp"
#include "tensor/kernels/part.hpp"

namespace atelier::fast {

/// The low frequencies of a photograph in the painting's colours, to which the network adds: means
/// of 4 x 4 pixels, moved, and enlarged by straight lines between their middles.
class BaseColours {
 public:
  /// `photo`: three channels, edges multiples of 4.
  BaseColours(const tensor::Part& photo, const ColourMap& colours);

  /// Pixels left ... right - 1 of row `y`, interleaved.
  void row(int y, int left, int right, float* to) const;

 private:
  int height_, width_;        ///< of the means
  std::vector<float> means_;  ///< interleaved
};

}  // namespace atelier::fast
