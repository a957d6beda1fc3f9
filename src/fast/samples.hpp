// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "atelier/fast/painter.hpp"
#include "atelier/fast/train.hpp"
#include "atelier/train/picture_set.hpp"
#include "fast/colour_transport.hpp"
#include "train/held_out.hpp"
#include "train/sample_order.hpp"

namespace atelier::fast {

/// The photographs and paintings of each step: functions of seed, step and place in the batch.
class Samples {
 public:
  Samples(const train::PictureSet& photos, const train::PictureSet& paintings,
          const FastTraining& training);

  /// What place `slot` of the batch takes up at a step. Safe to call from several threads at once.
  struct Sample {
    at::Tensor photo;  ///< 1 x 3 x size x size
    Colours colours;   ///< the photograph's
    bool paints_own_style;
    Place place;
    at::Tensor painting;  ///< where another than at the step before stands here, else undefined
  };
  [[nodiscard]] Sample sample(std::int64_t step, std::int64_t slot) const;

  /// 1 x 3 x size x size, for place `slot` of the batch.
  [[nodiscard]] at::Tensor photo(std::int64_t step, std::int64_t slot) const;

  /// Where in a picture the photograph shall lie: elsewhere every time, for grain of other chance.
  [[nodiscard]] Place place(std::int64_t step, std::int64_t slot) const;

  /// Whether the photograph is its own painting: so the network learns what to do where a style is
  /// to have no strength.
  [[nodiscard]] bool paints_own_style(std::int64_t step, std::int64_t slot) const;

  /// Which painting stands at a place of the batch at a step; it stays for style_steps, and those
  /// of other places change at other steps. Of one painting alone, always 0.
  [[nodiscard]] std::uint64_t painting_turn(std::int64_t step, std::int64_t slot) const;
  /// 1 x 3 x style_size x style_size, a square of it; the whole painting, its longer edge
  /// style_size, where there is but one.
  [[nodiscard]] at::Tensor painting(std::uint64_t turn) const;

  /// Pairs never trained on, at the paintings' size, the same whatever the seed.
  struct Pair {
    at::Tensor photo, painting;
  };
  [[nodiscard]] std::vector<Pair> held_out(std::size_t count) const;

 private:
  [[nodiscard]] at::Tensor whole_painting() const;

  const train::PictureSet& photos_;
  const train::PictureSet& paintings_;
  const FastTraining& training_;
  train::Division photo_part_, painting_part_;  // of one painting alone: measured on photographs
  train::SampleOrder photo_order_, painting_order_;
};

}  // namespace atelier::fast
