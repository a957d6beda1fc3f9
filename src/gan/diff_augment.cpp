// SPDX-License-Identifier: Apache-2.0
#include "gan/diff_augment.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "atelier/base/error.hpp"

namespace atelier::gan {
namespace {

constexpr double shift_share = 0.125, cutout_share = 0.5;
constexpr double brightness_range = 0.25;  // of 0..1, to either side
constexpr double grey_level = 0.5;         // of what is cut out, and of what lies beyond the border

/// One number for each picture, N x 1 x 1 x 1, uniform in [low, high).
at::Tensor drawn(std::vector<RandomStream>& chances, double low, double high,
                 const at::Tensor& like) {
  at::Tensor numbers = at::empty({static_cast<std::int64_t>(chances.size()), 1, 1, 1}, at::kFloat);
  for (std::size_t i = 0; i < chances.size(); ++i) {
    numbers.data_ptr<float>()[i] = static_cast<float>(low + (high - low) * chances[i].uniform());
  }
  return numbers.to(like.options());
}

/// The same as whole numbers in low..high.
std::vector<std::int64_t> drawn_whole(std::vector<RandomStream>& chances, std::int64_t low,
                                      std::int64_t high) {
  std::vector<std::int64_t> numbers;
  for (RandomStream& chance : chances) {
    const auto span = static_cast<double>(high - low + 1);
    numbers.push_back(low + static_cast<std::int64_t>(chance.uniform() * span));
  }
  return numbers;
}

at::Tensor recoloured(at::Tensor x, std::vector<RandomStream>& chances) {
  x = x + drawn(chances, -brightness_range, brightness_range, x);
  const at::Tensor grey = x.mean(1, /*keepdim=*/true);
  x = (x - grey) * drawn(chances, 0, 2, x) + grey;
  const at::Tensor mean = x.mean({1, 2, 3}, /*keepdim=*/true);
  return (x - mean) * drawn(chances, 0.5, 1.5, x) + mean;
}

/// By whole pixels.
at::Tensor shifted(const at::Tensor& x, std::vector<RandomStream>& chances) {
  const std::int64_t h = x.size(2), w = x.size(3);
  const auto reach = [](std::int64_t length) {
    return static_cast<std::int64_t>(std::lround(shift_share * static_cast<double>(length)));
  };
  const std::int64_t down = reach(h), right = reach(w);
  const at::Tensor wide = at::constant_pad_nd(x, {right, right, down, down}, grey_level);
  const auto top = drawn_whole(chances, 0, 2 * down), left = drawn_whole(chances, 0, 2 * right);
  std::vector<at::Tensor> parts;
  for (std::size_t i = 0; i < top.size(); ++i) {
    parts.push_back(
        wide.narrow(0, static_cast<std::int64_t>(i), 1).narrow(2, top[i], h).narrow(3, left[i], w));
  }
  return at::cat(parts).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor with_hole(const at::Tensor& x, std::vector<RandomStream>& chances) {
  const std::int64_t h = x.size(2), w = x.size(3);
  const auto half = [](std::int64_t length) {
    return static_cast<std::int64_t>(cutout_share * static_cast<double>(length)) / 2;
  };
  const auto middle_y = drawn_whole(chances, 0, h - 1), middle_x = drawn_whole(chances, 0, w - 1);
  at::Tensor kept = at::ones({x.size(0), 1, h, w}, at::kFloat);
  for (std::size_t i = 0; i < middle_y.size(); ++i) {
    const std::int64_t top = std::max<std::int64_t>(0, middle_y[i] - half(h));
    const std::int64_t left = std::max<std::int64_t>(0, middle_x[i] - half(w));
    kept.select(0, static_cast<std::int64_t>(i))
        .narrow(1, top, std::min(h, middle_y[i] + half(h)) - top)
        .narrow(2, left, std::min(w, middle_x[i] + half(w)) - left)
        .zero_();
  }
  kept = kept.to(x.options());
  return x * kept + (1 - kept) * grey_level;
}

}  // namespace

Changes Changes::named(const std::string& names) {
  Changes changes{false, false, false};
  if (names == "none") return changes;
  std::istringstream words(names);
  for (std::string word; std::getline(words, word, ',');) {
    if (word == "colour") {
      changes.colour = true;
    } else if (word == "shift") {
      changes.shift = true;
    } else if (word == "cutout") {
      changes.cutout = true;
    } else {
      fail(ErrorKind::invalid_argument,
           "--augment does not know '{}'; give any of colour, shift, cutout, or none.", word);
    }
  }
  return changes;
}

at::Tensor changed(const at::Tensor& rgb, const Changes& changes,
                   std::vector<RandomStream> chances) {
  at::Tensor x = rgb;
  if (changes.colour) x = recoloured(x, chances);
  if (changes.shift) x = shifted(x, chances);
  if (changes.cutout) x = with_hole(x, chances);
  return x;
}

}  // namespace atelier::gan
