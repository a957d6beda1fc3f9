// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "atelier/train/picture_set.hpp"

namespace atelier::train {

/// Places of a set's pictures.
struct Division {
  std::vector<std::size_t> trained, held_out;
};

/// Holds out one picture in `one_in`, by the digest of its bytes: the same in whatever set it
/// stands, whatever the seed. Neither part is empty where there are two pictures; one alone is
/// both.
[[nodiscard]] Division divided(const PictureSet& set, unsigned one_in);

}  // namespace atelier::train
