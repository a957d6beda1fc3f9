// SPDX-License-Identifier: Apache-2.0
#include "film/palette.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace atelier::film {
namespace {

constexpr int side = 64;
constexpr std::array<double, 3> weights{2, 4, 3};

int place_of(float value) {
  return std::clamp(static_cast<int>(value * side), 0, side - 1);
}

std::size_t bin_of(float r, float g, float b) {
  return (static_cast<std::size_t>(place_of(r)) * side + place_of(g)) * side + place_of(b);
}

double distance(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  double sum = 0;
  for (int c = 0; c < 3; ++c) sum += weights[c] * (a[c] - b[c]) * (a[c] - b[c]);
  return sum;
}

/// A colour that frames hold, and how often.
struct Sample {
  std::array<double, 3> colour;
  double count;
};

/// Samples [first, last) that one colour is to stand for.
struct Box {
  std::size_t first, last;
  std::array<double, 3> mean{};
  double error = 0;  ///< weighted, along the axis that varies most
  int axis = 0;

  Box(const std::vector<Sample>& samples, std::size_t from, std::size_t to)
      : first(from), last(to) {
    double count = 0;
    std::array<double, 3> square{};
    for (std::size_t i = first; i < last; ++i) {
      count += samples[i].count;
      for (int c = 0; c < 3; ++c) mean[c] += samples[i].count * samples[i].colour[c];
    }
    for (double& m : mean) m /= count;
    for (std::size_t i = first; i < last; ++i) {
      for (int c = 0; c < 3; ++c) {
        const double d = samples[i].colour[c] - mean[c];
        square[c] += weights[c] * samples[i].count * d * d;
      }
    }
    axis = static_cast<int>(std::max_element(square.begin(), square.end()) - square.begin());
    error = last - first > 1 ? square[axis] : 0;
  }
};

std::vector<std::array<double, 3>> median_cut(std::vector<Sample>& samples, std::size_t count) {
  std::vector<Box> boxes{Box(samples, 0, samples.size())};
  while (boxes.size() < count) {
    const auto worst = std::max_element(
        boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.error < b.error; });
    if (worst->error <= 0) break;
    const Box box = *worst;
    const auto begin = samples.begin() + static_cast<std::ptrdiff_t>(box.first);
    const auto end = samples.begin() + static_cast<std::ptrdiff_t>(box.last);
    auto cut = std::stable_partition(
        begin, end, [&](const Sample& s) { return s.colour[box.axis] < box.mean[box.axis]; });
    if (cut == begin || cut == end) cut = begin + (end - begin) / 2;
    const auto middle = static_cast<std::size_t>(cut - samples.begin());
    *worst = Box(samples, box.first, middle);
    boxes.emplace_back(samples, middle, box.last);
  }
  std::vector<std::array<double, 3>> colours;
  for (const Box& box : boxes) colours.push_back(box.mean);
  return colours;
}

void refine(const std::vector<Sample>& samples, std::vector<std::array<double, 3>>& colours) {
  for (int round = 0; round < 6; ++round) {
    std::vector<Sample> sums(colours.size(), Sample{{}, 0});
    for (const Sample& sample : samples) {
      std::size_t best = 0;
      double least = std::numeric_limits<double>::infinity();
      for (std::size_t k = 0; k < colours.size(); ++k) {
        const double d = distance(sample.colour, colours[k]);
        if (d < least) least = d, best = k;
      }
      sums[best].count += sample.count;
      for (int c = 0; c < 3; ++c) sums[best].colour[c] += sample.count * sample.colour[c];
    }
    for (std::size_t k = 0; k < colours.size(); ++k) {
      if (sums[k].count <= 0) continue;
      for (int c = 0; c < 3; ++c) colours[k][c] = sums[k].colour[c] / sums[k].count;
    }
  }
}

/// Bayer's 8 x 8 matrix: bits of x ^ y and y, interleaved and reversed; -0.5..0.5 around 0.
float bayer(int x, int y) {
  int value = 0;
  for (int bit = 0; bit < 3; ++bit) {
    value = value << 2 | (((x ^ y) >> bit & 1) << 1) | (y >> bit & 1);
  }
  return (static_cast<float>(value) + 0.5F) / 64 - 0.5F;
}

}  // namespace

PaletteMaker::PaletteMaker() : bins_(static_cast<std::size_t>(side) * side * side) {}

void PaletteMaker::see(const image::Image& picture) {
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    if (!picture.alpha.empty() && picture.alpha[i] < 0.5F) continue;
    const float* rgb = picture.rgb.data() + i * 3;
    Bin& bin = bins_[bin_of(rgb[0], rgb[1], rgb[2])];
    bin.count += 1;
    bin.r += rgb[0], bin.g += rgb[1], bin.b += rgb[2];
  }
}

std::vector<PaletteMaker::Colour> PaletteMaker::colours(int count) const {
  std::vector<Sample> samples;
  for (const Bin& bin : bins_) {
    if (bin.count > 0)
      samples.push_back({{bin.r / bin.count, bin.g / bin.count, bin.b / bin.count}, bin.count});
  }
  if (samples.empty()) return {Colour{}};
  auto chosen = median_cut(samples, count);
  refine(samples, chosen);
  std::vector<Colour> colours;
  for (const auto& c : chosen) {
    colours.push_back(
        {static_cast<float>(c[0]), static_cast<float>(c[1]), static_cast<float>(c[2])});
  }
  return colours;
}

Palette::Palette(std::vector<PaletteMaker::Colour> colours)
    : colours_(std::move(colours)), cache_(static_cast<std::size_t>(side) * side * side, -1) {
  // Colours are held at 8 bits, and so they are compared.
  for (auto& colour : colours_) {
    for (float& v : colour) v = std::round(std::clamp(v, 0.0F, 1.0F) * 255) / 255;
  }
  double sum = 0;
  for (std::size_t i = 0; i < colours_.size() && colours_.size() > 1; ++i) {
    double least = 3;
    for (std::size_t j = 0; j < colours_.size(); ++j) {
      if (i == j) continue;
      double d = 0;
      for (int c = 0; c < 3; ++c) d += std::pow(colours_[i][c] - colours_[j][c], 2);
      least = std::min(least, d);
    }
    sum += std::sqrt(least / 3);
  }
  spread_ = std::min(static_cast<float>(sum / static_cast<double>(colours_.size())), 1.0F / 16);
  if (colours_.size() < static_cast<std::size_t>(transparent))
    spread_ = 0;  // every colour is there
}

std::array<std::uint32_t, 256> Palette::entries() const {
  std::array<std::uint32_t, 256> entries{};
  entries.fill(0xff000000);
  for (std::size_t i = 0; i < colours_.size(); ++i) {
    for (const float v : colours_[i]) {
      entries[i] = entries[i] << 8 | static_cast<std::uint32_t>(std::lround(v * 255));
    }
    entries[i] |= 0xff000000;
  }
  entries[transparent] = 0x00ffffff;
  return entries;
}

std::uint8_t Palette::nearest(float r, float g, float b) {
  std::int16_t& cached = cache_[bin_of(r, g, b)];
  if (cached >= 0) return static_cast<std::uint8_t>(cached);
  const auto centre = [](float v) { return (place_of(v) + 0.5) / side; };
  const std::array<double, 3> wanted{centre(r), centre(g), centre(b)};
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < colours_.size(); ++k) {
    const double d = distance(wanted, {colours_[k][0], colours_[k][1], colours_[k][2]});
    if (d < least) least = d, cached = static_cast<std::int16_t>(k);
  }
  return static_cast<std::uint8_t>(cached);
}

void Palette::map_row(const image::Image& picture, int y, std::uint8_t* out) {
  for (int x = 0; x < picture.width; ++x) {
    const std::size_t pixel = static_cast<std::size_t>(y) * picture.width + x;
    if (!picture.alpha.empty() && picture.alpha[pixel] < 0.5F) {
      out[x] = transparent;
      continue;
    }
    const float* rgb = picture.rgb.data() + pixel * 3;
    const float d = spread_ * bayer(x & 7, y & 7);
    out[x] = nearest(rgb[0] + d, rgb[1] + d, rgb[2] + d);
  }
}

}  // namespace atelier::film
