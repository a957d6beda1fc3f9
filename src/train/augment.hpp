// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "atelier/base/random.hpp"
#include "atelier/train/picture_set.hpp"

namespace atelier::train {

/// What chance may do to a picture before a network sees it.
struct Augmentation {
  int size = 128;  ///< px, edge of the square that comes out
  double least_window =
      0.5;                 ///< share of the picture's shorter edge that the square shows, at least
  double most_window = 1;  ///< ... and at most; uniform in the logarithm between
  bool flip = true;        ///< left to right, every second time
  double recolour = 0;     ///< share of pictures whose channels are exchanged, and half of these
                           ///< turned to their negative
};

/// The picture as 1 x 3 x H x W float32, 0..1, channels-last.
[[nodiscard]] at::Tensor to_tensor(const PackedPicture& picture);

/// A square of the picture as `augmentation` allows, 1 x 3 x size x size, resized by an antialiased
/// bicubic. The same picture and stream give the same bytes.
[[nodiscard]] at::Tensor augmented(const PackedPicture& picture, const Augmentation& augmentation,
                                   RandomStream chance);

/// The middle square of the picture's shorter edge, without chance: for measuring.
[[nodiscard]] at::Tensor middle_square(const PackedPicture& picture, int size);

}  // namespace atelier::train
