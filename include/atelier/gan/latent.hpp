// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace atelier::gan {

/// What a picture grows from: a style for each resolution, coarse to fine.
struct Latent {
  int levels = 0;
  int size = 0;               ///< numbers in a style
  std::vector<float> values;  ///< levels * size
};

/// A way along which all pictures change alike.
struct Direction {
  std::vector<float> style;  ///< one step of it, added to each level's style
};

/// A parent and its share.
struct Parent {
  Latent latent;
  double weight = 1;  ///< not negative
};

/// The parents' mean by weight, at each level made as long as they are in the mean: styles lie on a
/// sphere, and what lies within it is painted dull; those that cancel each other stay as they are.
/// Source: White, "Sampling generative networks", 2016. Throws Error invalid_argument when there is
/// none, a weight is negative, all are 0, or latents are different generators'.
[[nodiscard]] Latent mixed(const std::vector<Parent>& parents);

/// `coarse` as far as level `from`, `fine` from there on. Throws Error invalid_argument when they
/// are different generators'.
[[nodiscard]] Latent crossed(const Latent& coarse, const Latent& fine, int from);

/// `steps` of the direction further, at the levels first ... last alone. Throws Error
/// invalid_argument when the direction is another generator's.
[[nodiscard]] Latent moved(const Latent& latent, const Direction& direction, double steps,
                           int first, int last);

}  // namespace atelier::gan
