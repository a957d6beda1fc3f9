// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "atelier/fast/look.hpp"
#include "atelier/translate/train.hpp"
#include "fast/network.hpp"
#include "gan/projected_discriminator.hpp"
#include "nets/network.hpp"
#include "train/learner.hpp"
#include "translate/replay.hpp"

namespace atelier::translate {

/// All that learns to paint pictures like one of the two collections: the network, and the
/// discriminator that knows the collection.
struct Side {
  /// `name`: "there" or "back". `eyes`: of the discriminator; must outlive this.
  Side(const std::string& name, const nets::Network& eyes, const TranslateTraining& training,
       at::Device device);

  /// N x 3 x H x W, not clamped. `places`: of each picture, for grain.
  [[nodiscard]] at::Tensor paint(const at::Tensor& pictures,
                                 const std::vector<fast::Place>& places) const;
  /// By the averaged weights; clamped.
  [[nodiscard]] at::Tensor paint_by_average(const at::Tensor& pictures) const;

  fast::Architecture form;
  gan::GeneratorForm seen_form;  ///< what the discriminator is told of what it looks at
  train::Learner painter, critic;
  fast::Network network, averaged;
  gan::ProjectedDiscriminator discriminator;
  Replay replay;
};

}  // namespace atelier::translate
