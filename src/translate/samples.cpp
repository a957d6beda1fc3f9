// SPDX-License-Identifier: Apache-2.0
#include "translate/samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "train/augment.hpp"
#include "train/held_out.hpp"

namespace atelier::translate {
namespace {

constexpr std::size_t fewest_pictures = 16;
constexpr std::uint64_t most_place = 1 << 20;  // px

const train::PictureSet& checked(const train::PictureSet& pictures) {
  if (pictures.size() < fewest_pictures) {
    fail(ErrorKind::invalid_argument,
         "{} pictures are too few to learn from; each collection needs {}, and gets good from some "
         "hundreds on. To repaint photographs like one painting, use: atelier train fast --style.",
         pictures.size(), fewest_pictures);
  }
  return pictures;
}

}  // namespace

Samples::Samples(const train::PictureSet& pictures, const TranslateTraining& training,
                 std::string name)
    : pictures_(checked(pictures)),
      training_(training),
      name_(std::move(name)),
      part_(train::divided(pictures, held_out_share)),
      order_(part_.trained.size(), training.train.seed, name_) {}

Samples::Sample Samples::sample(std::int64_t step, std::int64_t slot) const {
  const std::int64_t position = step * training_.train.batch + slot;
  const std::string chance = fmt::format("{} {}", name_, position);
  RandomStream random(training_.train.seed, "place " + chance);
  const auto anywhere = [&] { return static_cast<int>(random.next() % most_place); };
  const int top = anywhere();
  return {train::augmented(
              pictures_.at(part_.trained[order_.at(static_cast<std::uint64_t>(position))]),
              {.size = training_.translate.size, .least_window = training_.translate.least_window},
              RandomStream(training_.train.seed, chance)),
          {top, anywhere()}};
}

std::vector<at::Tensor> Samples::held_out(std::size_t most) const {
  std::vector<at::Tensor> all;
  for (std::size_t i = 0; i < std::min(most, part_.held_out.size()); ++i) {
    all.push_back(train::middle_square(pictures_.at(part_.held_out[i]), training_.translate.size));
  }
  return all;
}

}  // namespace atelier::translate
