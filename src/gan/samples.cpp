// SPDX-License-Identifier: Apache-2.0
#include "gan/samples.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "train/augment.hpp"

namespace atelier::gan {
namespace {

constexpr std::size_t fewest_pictures = 16;

void check(const train::PictureSet& pictures, int size) {
  if (pictures.size() < fewest_pictures) {
    fail(ErrorKind::invalid_argument,
         "{} pictures are too few to learn from; a collection needs {}, and gets good from some "
         "hundreds on. To repaint photographs like one painting, use: atelier train fast --style.",
         pictures.size(), fewest_pictures);
  }
  const auto is_small = [&](const train::PackedPicture& p) {
    return 2 * std::min(p.width, p.height) < size;
  };
  const auto small =
      std::count_if(pictures.pictures().begin(), pictures.pictures().end(), is_small);
  if (2 * small > static_cast<std::ptrdiff_t>(pictures.size())) {
    fail(ErrorKind::invalid_argument,
         "{} of {} pictures are smaller than {} px, half of --size; choose a smaller --size, or "
         "pack larger ones.",
         small, pictures.size(), size / 2);
  }
}

}  // namespace

Samples::Samples(const train::PictureSet& pictures, const GanTraining& training)
    : pictures_(pictures),
      training_(training),
      order_(std::max<std::size_t>(1, pictures.size()), training.train.seed, "pictures") {
  check(pictures, training.gan.size);
  if (training.gan.classes != "auto") return;
  std::vector<std::string> names;
  for (const train::PackedPicture& picture : pictures.pictures()) {
    if (picture.label.empty()) return;
    names.push_back(picture.label);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() < 2) return;
  classes_ = std::move(names);
  for (const train::PackedPicture& picture : pictures.pictures()) {
    labels_.push_back(std::lower_bound(classes_.begin(), classes_.end(), picture.label) -
                      classes_.begin());
  }
}

at::Tensor Samples::square(std::size_t which, const std::string& chance, bool flip) const {
  return train::augmented(pictures_.at(which),
                          {.size = training_.gan.size,
                           .least_window = training_.gan.least_window,
                           .most_window = 1,
                           .flip = flip},
                          RandomStream(training_.train.seed, chance));
}

Samples::Sample Samples::sample(std::int64_t step, std::int64_t slot) const {
  const std::int64_t position = step * training_.train.batch + slot;
  const std::size_t which = order_.at(static_cast<std::uint64_t>(position));
  return {square(which, fmt::format("picture {}", position), training_.gan.flip),
          labels_.empty() ? 0 : labels_[which],
          chance_rows(training_.train.seed, "latent", position, 1, training_.gan.latent)};
}

std::vector<at::Tensor> Samples::pictures(std::size_t most) const {
  std::vector<at::Tensor> all;
  for (std::size_t i = 0; i < std::min(most, pictures_.size()); ++i) {
    all.push_back(square(i, fmt::format("judged {}", i), false));
  }
  return all;
}

at::Tensor chance_rows(std::uint64_t seed, const std::string& name, std::int64_t first,
                       std::int64_t count, int latent) {
  at::Tensor rows = at::empty({count, latent}, at::kFloat);
  auto* to = rows.data_ptr<float>();
  for (std::int64_t i = 0; i < count; ++i) {
    RandomStream chance(seed, fmt::format("{} {}", name, first + i));
    for (int j = 0; j < latent; ++j) *to++ = static_cast<float>(chance.normal());
  }
  return rows;
}

}  // namespace atelier::gan
