// SPDX-License-Identifier: Apache-2.0
#include "fast/grain.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

/// Uniform in -1..1 for a cell of a plane: bits mixed as by Wellons' "lowbias32" (hash-prospector).
float chance(std::uint32_t row, std::uint32_t column, std::uint32_t plane) {
  std::uint32_t x = (row * 0x9e3779b1U + plane * 0x85ebca6bU) ^ (column * 0xc2b2ae35U);
  x = (x ^ (x >> 16)) * 0x7feb352dU;
  x = (x ^ (x >> 15)) * 0x846ca68bU;
  x ^= x >> 16;
  return static_cast<float>(x >> 8) * 0x1p-23F - 1;
}

/// Into a picture of `planes` planes, channels-last.
void fill(float* to, std::int64_t height, std::int64_t width, std::int64_t planes, Place place) {
  tensor::parallel_for(height, [&](std::int64_t y, int) {
    for (std::int64_t p = 0; p < planes; ++p) {
      const auto cell = static_cast<std::uint32_t>(grain_cells[p]);
      const auto row = static_cast<std::uint32_t>(place.top + y) / cell;
      float* value = to + y * width * planes + p;
      for (std::int64_t x = 0; x < width; ++x, value += planes) {
        *value = chance(row, static_cast<std::uint32_t>(place.left + x) / cell,
                        static_cast<std::uint32_t>(p));
      }
    }
  });
}

}  // namespace

at::Tensor with_grain(const Architecture& architecture, const at::Tensor& photo,
                      const std::vector<Place>& places) {
  const std::int64_t planes = architecture.grain;
  if (planes == 0) return photo;
  const std::int64_t count = photo.size(0), height = photo.size(2), width = photo.size(3);
  const at::Tensor grain =
      at::empty({count, planes, height, width}, at::kFloat, at::MemoryFormat::ChannelsLast);
  for (std::int64_t i = 0; i < count; ++i) {
    fill(grain.data_ptr<float>() + i * planes * height * width, height, width, planes,
         places.at(static_cast<std::size_t>(i)));
  }
  return at::cat({photo, grain.to(photo.options())}, 1).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace atelier::fast
