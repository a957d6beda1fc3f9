// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "atelier/base/scratch_memory.hpp"
#include "atelier/image/image.hpp"
#include "image/orientation.hpp"

namespace atelier::image {

/// Turns a picture whose rows come one by one, through scratch memory, as oriented() does. Rows are
/// gathered into blocks, so that a column that becomes a row is not written pixel by pixel.
class TurnedRows {
 public:
  /// `stored`: before turning. `channels`: of each pixel, in turn. Throws Error io when scratch
  /// memory has no room.
  TurnedRows(Size stored, int channels, int orientation);

  /// The next stored row.
  void push(const float* row);

  /// Row `y` of the turned picture, once all are pushed; from the first to the last.
  [[nodiscard]] const float* row(int y);

 private:
  void spill();

  Size stored_, turned_;
  int channels_;
  Turn turn_;
  ScratchMemory scratch_;
  std::vector<float> block_;  ///< stored rows that are not yet in scratch
  int pushed_ = 0, spilled_ = 0;
  std::size_t held_ = 0;  ///< bytes that were touched since scratch was let go of
};

}  // namespace atelier::image
