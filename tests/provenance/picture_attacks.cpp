// SPDX-License-Identifier: Apache-2.0
#include "provenance/picture_attacks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"
#include "provenance/watermark/plane.hpp"
#include "provenance/watermark/warp.hpp"

namespace atelier::provenance {
namespace {

using image::Image;
using Folder = std::filesystem::path;
using watermark::Plane;

/// A change of each channel by itself.
template <class Change>
Image by_channel(const Image& picture, Change change) {
  Image result;
  for (std::size_t c = 0; c < 3; ++c) {
    Plane plane(picture.width, picture.height);
    for (std::size_t i = 0; i < picture.pixels(); ++i) plane.values[i] = picture.rgb[i * 3 + c];
    plane = change(plane);
    result.width = plane.width;
    result.height = plane.height;
    result.rgb.resize(result.pixels() * 3);
    for (std::size_t i = 0; i < result.pixels(); ++i) result.rgb[i * 3 + c] = plane.values[i];
  }
  return in_8_bits(std::move(result));
}

template <class Change>
Image by_value(Image picture, Change change) {
  for (float& value : picture.rgb) value = change(value);
  return in_8_bits(std::move(picture));
}

Image through(const Image& picture, const Folder& file, int quality) {
  image::save(picture, file, {8, quality, {}});
  return image::load(file);
}

Image resized(const Image& picture, double factor) {
  return in_8_bits(
      image::resize(picture, {static_cast<int>(std::lround(picture.width * factor)),
                              static_cast<int>(std::lround(picture.height * factor))}));
}

Image cropped(const Image& picture, std::uint64_t seed, const Folder&) {
  RandomStream random(seed, "crop");
  const double side = std::sqrt(0.7);
  const int width = static_cast<int>(picture.width * side);
  const int height = static_cast<int>(picture.height * side);
  return part_of(picture, static_cast<int>(random.uniform() * (picture.width - width + 1)),
                 static_cast<int>(random.uniform() * (picture.height - height + 1)), width, height);
}

Image noisy(const Image& picture, std::uint64_t seed, const Folder&) {
  RandomStream random(seed, "noise");
  return by_value(
      picture, [&](float value) { return value + static_cast<float>(random.normal() * 5 / 255); });
}

Image tilted(const Image& picture, std::uint64_t seed, const Folder&) {
  const double angle = (seed % 2 == 0 ? 5 : -5) * std::numbers::pi / 180;
  return by_channel(picture, [&](const Plane& plane) {
    auto turned =
        watermark::warp(plane, watermark::similarity(1, angle), plane.width, plane.height);
    for (std::size_t i = 0; i < turned.inside.size(); ++i)
      if (!turned.inside[i]) turned.plane.values[i] = 0;
    return turned.plane;
  });
}

}  // namespace

Image in_8_bits(Image picture) {
  for (float& value : picture.rgb) value = std::round(std::clamp(value, 0.0F, 1.0F) * 255) / 255;
  picture.bits = 8;
  return picture;
}

Image part_of(const Image& picture, int x, int y, int width, int height) {
  Image part;
  part.width = width;
  part.height = height;
  part.bits = picture.bits;
  for (int row = 0; row < height; ++row) {
    const auto begin =
        picture.rgb.begin() + (static_cast<std::ptrdiff_t>(y + row) * picture.width + x) * 3;
    part.rgb.insert(part.rgb.end(), begin, begin + static_cast<std::ptrdiff_t>(width) * 3);
  }
  return part;
}

double psnr(const Image& a, const Image& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    const double d = a.rgb[i] - b.rgb[i];
    sum += d * d;
  }
  return -10 * std::log10(sum / static_cast<double>(a.rgb.size()));
}

const std::vector<Attack>& attacks() {
  using Seed = std::uint64_t;
  static const std::vector<Attack> all{
      {"jpeg-50",
       [](const Image& p, Seed, const Folder& f) { return through(p, f / "a.jpg", 50); }},
      {"webp-60",
       [](const Image& p, Seed, const Folder& f) { return through(p, f / "a.webp", 60); }},
      {"half", [](const Image& p, Seed, const Folder&) { return resized(p, 0.5); }},
      {"three-halves", [](const Image& p, Seed, const Folder&) { return resized(p, 1.5); }},
      {"crop-70", cropped},
      {"brighter", [](const Image& p, Seed,
                      const Folder&) { return by_value(p, [](float v) { return v * 1.2F; }); }},
      {"darker", [](const Image& p, Seed,
                    const Folder&) { return by_value(p, [](float v) { return v * 0.8F; }); }},
      {"contrast-up",
       [](const Image& p, Seed, const Folder&) {
         return by_value(p, [](float v) { return (v - 0.5F) * 1.2F + 0.5F; });
       }},
      {"contrast-down",
       [](const Image& p, Seed, const Folder&) {
         return by_value(p, [](float v) { return (v - 0.5F) * 0.8F + 0.5F; });
       }},
      {"blur-1",
       [](const Image& p, Seed, const Folder&) {
         return by_channel(p, [](const Plane& plane) { return watermark::gaussian(plane, 1); });
       }},
      {"noise-5", noisy},
      {"tilt-5", tilted},
      {"formats",
       [](const Image& p, Seed, const Folder& f) {
         return through(through(p, f / "a.jpg", 90), f / "a.webp", 90);
       }},
  };
  return all;
}

}  // namespace atelier::provenance
