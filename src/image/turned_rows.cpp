// SPDX-License-Identifier: Apache-2.0
#include "image/turned_rows.hpp"

#include <algorithm>
#include <span>

namespace atelier::image {
namespace {

constexpr int block_rows = 64;
constexpr std::size_t most_held = std::size_t{64} << 20;  // bytes

}  // namespace

TurnedRows::TurnedRows(Size stored, int channels, int orientation)
    : stored_(stored),
      turned_(swaps_edges(orientation) ? Size{stored.height, stored.width} : stored),
      channels_(channels),
      turn_(turn_of(orientation)),
      scratch_(static_cast<std::size_t>(stored.width) * stored.height * channels * sizeof(float)),
      block_(static_cast<std::size_t>(stored.width) * channels * block_rows) {}

void TurnedRows::push(const float* row) {
  const std::size_t values = static_cast<std::size_t>(stored_.width) * channels_;
  std::copy_n(row, values, block_.data() + (pushed_ - spilled_) * values);
  ++pushed_;
  if (pushed_ - spilled_ == block_rows || pushed_ == stored_.height) spill();
}

void TurnedRows::spill() {
  auto* const to = reinterpret_cast<float*>(scratch_.data());
  const int rows = pushed_ - spilled_;
  // Along the turned picture's rows: columns outside where those become rows.
  const int outer = turn_.transpose ? stored_.width : rows;
  const int inner = turn_.transpose ? rows : stored_.width;
  for (int i = 0; i < outer; ++i) {
    for (int j = 0; j < inner; ++j) {
      const int x = turn_.transpose ? i : j, row = turn_.transpose ? j : i;
      const int y = spilled_ + row;
      const int along = turn_.mirror_x ? stored_.width - 1 - x : x;
      const int down = turn_.mirror_y ? stored_.height - 1 - y : y;
      const std::size_t place = turn_.transpose
                                    ? static_cast<std::size_t>(along) * turned_.width + down
                                    : static_cast<std::size_t>(down) * turned_.width + along;
      std::copy_n(block_.data() + (static_cast<std::size_t>(row) * stored_.width + x) * channels_,
                  channels_, to + place * channels_);
    }
  }
  spilled_ = pushed_;
  // Whole pages are touched for a few pixels of each turned row.
  constexpr std::size_t page = 4096;
  const std::size_t touched =
      static_cast<std::size_t>(rows) * stored_.width * channels_ * sizeof(float);
  held_ += turn_.transpose ? std::max(touched, stored_.width * page) : touched;
  if (held_ < most_held && pushed_ < stored_.height) return;
  let_go_of_scratch({scratch_.data(), scratch_.size()});
  held_ = 0;
}

const float* TurnedRows::row(int y) {
  const std::size_t bytes = static_cast<std::size_t>(turned_.width) * channels_ * sizeof(float);
  const std::size_t at = static_cast<std::size_t>(y) * bytes;
  if (held_ >= most_held) {
    let_go_of_scratch({scratch_.data() + at - held_, held_});
    held_ = 0;
  }
  held_ += bytes;
  return reinterpret_cast<const float*>(scratch_.data() + at);
}

}  // namespace atelier::image
