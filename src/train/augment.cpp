// SPDX-License-Identifier: Apache-2.0
#include "train/augment.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "nets/image_tensor.hpp"

namespace atelier::train {
namespace {

at::Tensor square(const PackedPicture& picture, std::int64_t top, std::int64_t left,
                  std::int64_t edge, int size) {
  const at::Tensor window = to_tensor(picture).narrow(2, top, edge).narrow(3, left, edge);
  return nets::resize(window, {size, size});
}

/// A whole number in 0..most.
std::int64_t below_or_at(RandomStream& chance, std::int64_t most) {
  return std::min(most,
                  static_cast<std::int64_t>(chance.uniform() * static_cast<double>(most + 1)));
}

at::Tensor recoloured(const at::Tensor& rgb, RandomStream& chance) {
  std::array<std::int64_t, 3> order{0, 1, 2};
  std::swap(order[2], order[static_cast<std::size_t>(below_or_at(chance, 2))]);
  std::swap(order[1], order[static_cast<std::size_t>(below_or_at(chance, 1))]);
  const at::Tensor exchanged =
      rgb.index_select(1, at::tensor(at::ArrayRef<std::int64_t>(order.data(), 3)));
  return chance.uniform() < 0.5 ? 1 - exchanged : exchanged;
}

}  // namespace

at::Tensor to_tensor(const PackedPicture& picture) {
  const at::Tensor bytes = at::from_blob(const_cast<std::byte*>(picture.pixels.data()),
                                         {1, picture.height, picture.width, 3}, at::kByte);
  return bytes.to(at::kFloat).div_(255).permute({0, 3, 1, 2});
}

at::Tensor augmented(const PackedPicture& picture, const Augmentation& augmentation,
                     RandomStream chance) {
  const std::int64_t shorter = std::min(picture.width, picture.height);
  const double low = std::log(augmentation.least_window), high = std::log(augmentation.most_window);
  const double share = std::exp(low + (high - low) * chance.uniform());
  const std::int64_t edge =
      std::clamp<std::int64_t>(std::llround(share * static_cast<double>(shorter)), 1, shorter);
  const std::int64_t top = below_or_at(chance, picture.height - edge);
  const std::int64_t left = below_or_at(chance, picture.width - edge);
  at::Tensor rgb = square(picture, top, left, edge, augmentation.size);
  if (augmentation.flip && chance.uniform() < 0.5) rgb = rgb.flip(3);
  if (chance.uniform() < augmentation.recolour) rgb = recoloured(rgb, chance);
  return rgb.contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor middle_square(const PackedPicture& picture, int size) {
  const std::int64_t edge = std::min(picture.width, picture.height);
  return square(picture, (picture.height - edge) / 2, (picture.width - edge) / 2, edge, size)
      .contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace atelier::train
