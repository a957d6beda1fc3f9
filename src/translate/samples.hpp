// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/fast/look.hpp"
#include "atelier/train/picture_set.hpp"
#include "atelier/translate/train.hpp"
#include "train/held_out.hpp"
#include "train/sample_order.hpp"

namespace atelier::translate {

/// One picture in so many is held out.
inline constexpr unsigned held_out_share = 10;

/// The pictures of each step, of one of the two collections: functions of seed, step and place in
/// the batch.
class Samples {
 public:
  /// `name`: of the collection, for chance. Throws Error invalid_argument when there are too few.
  Samples(const train::PictureSet& pictures, const TranslateTraining& training, std::string name);

  struct Sample {
    at::Tensor picture;  ///< 1 x 3 x size x size
    fast::Place place;   ///< in a larger picture, for grain of other chance every time
  };
  /// Safe to call from several threads at once.
  [[nodiscard]] Sample sample(std::int64_t step, std::int64_t slot) const;

  /// Middle squares of pictures never trained on, `most` at most: 1 x 3 x size x size each.
  [[nodiscard]] std::vector<at::Tensor> held_out(std::size_t most) const;

 private:
  const train::PictureSet& pictures_;
  const TranslateTraining& training_;
  std::string name_;
  train::Division part_;
  train::SampleOrder order_;
};

}  // namespace atelier::translate
