// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/gan/train.hpp"
#include "atelier/train/picture_set.hpp"
#include "train/sample_order.hpp"

namespace atelier::gan {

/// The pictures and chance of each step: functions of seed, step and place in the batch.
class Samples {
 public:
  /// Throws Error invalid_argument when the set is too small or its pictures are.
  Samples(const train::PictureSet& pictures, const GanTraining& training);

  /// Names of classes in order; empty where none are learned apart.
  [[nodiscard]] const std::vector<std::string>& classes() const noexcept { return classes_; }

  struct Sample {
    at::Tensor picture;      ///< 1 x 3 x size x size
    std::int64_t label = 0;  ///< of classes()
    at::Tensor chance;       ///< 1 x latent, what is painted in its place grows from it
  };
  /// Safe to call from several threads at once.
  [[nodiscard]] Sample sample(std::int64_t step, std::int64_t slot) const;

  /// A square of each of the first `most` pictures, as samples are, but the same every time.
  [[nodiscard]] std::vector<at::Tensor> pictures(std::size_t most) const;

 private:
  [[nodiscard]] at::Tensor square(std::size_t which, const std::string& chance, bool flip) const;

  const train::PictureSet& pictures_;
  const GanTraining& training_;
  std::vector<std::string> classes_;
  std::vector<std::int64_t> labels_;
  train::SampleOrder order_;
};

/// `count` rows of `latent` normal numbers; row i from a stream of chance of the seed, `name` and
/// `first + i`.
[[nodiscard]] at::Tensor chance_rows(std::uint64_t seed, const std::string& name,
                                     std::int64_t first, std::int64_t count, int latent);

}  // namespace atelier::gan
