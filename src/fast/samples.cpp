// SPDX-License-Identifier: Apache-2.0
#include "fast/samples.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/random.hpp"
#include "nets/image_tensor.hpp"
#include "train/augment.hpp"
#include "train/held_out.hpp"

namespace atelier::fast {

namespace {
constexpr std::uint64_t most_place = 1 << 20;  // px
constexpr unsigned one_in = 50;                // is held out

/// The least share of a picture's shorter edge that fills a square without being enlarged.
double sharp_window(const train::PackedPicture& picture, int square) {
  return std::min(1.0, static_cast<double>(square) / std::min(picture.width, picture.height));
}
}  // namespace

Samples::Samples(const train::PictureSet& photos, const train::PictureSet& paintings,
                 const FastTraining& training)
    : photos_(photos),
      paintings_(paintings),
      training_(training),
      photo_part_(train::divided(photos, one_in)),
      painting_part_(train::divided(paintings, one_in)),
      photo_order_(photo_part_.trained.size(), training.train.seed, "photographs"),
      painting_order_(painting_part_.trained.size(), training.train.seed, "paintings") {}

Samples::Sample Samples::sample(std::int64_t step, std::int64_t slot) const {
  Sample sample{photo(step, slot), {}, paints_own_style(step, slot), place(step, slot), {}};
  sample.colours = colours_of(sample.photo);
  const std::uint64_t turn = painting_turn(step, slot);
  if (step > 0 && turn != painting_turn(step - 1, slot)) sample.painting = painting(turn);
  return sample;
}

at::Tensor Samples::photo(std::int64_t step, std::int64_t slot) const {
  const auto position = static_cast<std::uint64_t>(step * training_.train.batch + slot);
  const train::PackedPicture& picture = photos_.at(photo_part_.trained[photo_order_.at(position)]);
  return train::augmented(
      picture,
      {.size = training_.fast.size,
       .least_window = sharp_window(picture, training_.fast.size),
       .most_window = 1},
      RandomStream(training_.train.seed, fmt::format("photograph {}", position)));
}

Place Samples::place(std::int64_t step, std::int64_t slot) const {
  const std::int64_t position = step * training_.train.batch + slot;
  RandomStream random(training_.train.seed, fmt::format("place {}", position));
  const auto anywhere = [&] { return static_cast<int>(random.next() % most_place); };
  const int top = anywhere();
  return {top, anywhere()};
}

bool Samples::paints_own_style(std::int64_t step, std::int64_t slot) const {
  const std::int64_t position = step * training_.train.batch + slot;
  return RandomStream(training_.train.seed, fmt::format("own style {}", position)).uniform() <
         training_.fast.own_style;
}

std::uint64_t Samples::painting_turn(std::int64_t step, std::int64_t slot) const {
  if (paintings_.size() == 1) return 0;
  const std::int64_t batch = training_.train.batch, stay = training_.fast.style_steps;
  return static_cast<std::uint64_t>((step + slot * stay / batch) / stay * batch + slot);
}

at::Tensor Samples::whole_painting() const {
  const train::PackedPicture& picture = paintings_.at(0);
  return nets::resize(
      train::to_tensor(picture),
      image::fit_long_edge({picture.width, picture.height}, training_.fast.style_size));
}

at::Tensor Samples::painting(std::uint64_t turn) const {
  if (paintings_.size() == 1) return whole_painting();
  const train::PackedPicture& picture =
      paintings_.at(painting_part_.trained[painting_order_.at(turn)]);
  return train::augmented(
      picture,
      {.size = training_.fast.style_size,
       .least_window = std::max(0.4, sharp_window(picture, training_.fast.style_size)),
       .most_window = 1,
       .recolour = training_.fast.recolour},
      RandomStream(training_.train.seed, fmt::format("painting {}", turn)));
}

std::vector<Samples::Pair> Samples::held_out(std::size_t count) const {
  std::vector<Pair> pairs;
  const auto& photos = photo_part_.held_out;
  const auto& paintings = painting_part_.held_out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& photo = photos_.at(photos[i % photos.size()]);
    const auto& painting = paintings_.at(paintings[i * 7 % paintings.size()]);
    pairs.push_back({train::middle_square(photo, training_.fast.style_size),
                     paintings_.size() == 1
                         ? whole_painting()
                         : train::middle_square(painting, training_.fast.style_size)});
  }
  return pairs;
}

}  // namespace atelier::fast
