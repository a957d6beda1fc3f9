// SPDX-License-Identifier: Apache-2.0
#include "changes.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/turn.hpp"

namespace atelier {

using image::Image;

Image cut_somewhere(const Image& picture, double share_of_area, std::uint64_t seed) {
  RandomStream chance(seed, "cut");
  const double edge = std::sqrt(share_of_area);
  const int width = static_cast<int>(picture.width * edge),
            height = static_cast<int>(picture.height * edge);
  return image::cut(
      picture, {static_cast<int>(chance.uniform() * (picture.width - width)),
                static_cast<int>(chance.uniform() * (picture.height - height)), width, height});
}

Image mirrored(Image picture) {
  for (int y = 0; y < picture.height; ++y) {
    auto* row =
        &picture.rgb[3 * static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)];
    for (int x = 0; x < picture.width / 2; ++x) {
      std::swap_ranges(row + 3 * x, row + 3 * x + 3, row + 3 * (picture.width - 1 - x));
    }
  }
  return picture;
}

Image compressed(const Image& picture, const char* suffix, int quality) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / (std::string("copy") + suffix);
  image::save(picture, file, {.quality = quality});
  return image::load(file);
}

Image resized(const Image& picture, double scale) {
  return image::resize(
      picture, {static_cast<int>(picture.width * scale), static_cast<int>(picture.height * scale)});
}

Image tinted(Image picture, float red, float green, float blue) {
  const float factors[3] = {red, green, blue};
  for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
    picture.rgb[i] = std::min(1.0F, picture.rgb[i] * factors[i % 3]);
  }
  return picture;
}

const std::vector<Change>& changes() {
  static const std::vector<Change> all{
      {"70 % of the area",
       [](const Image& p, std::uint64_t seed) { return cut_somewhere(p, 0.7, seed); }},
      {"50 % of the area",
       [](const Image& p, std::uint64_t seed) { return cut_somewhere(p, 0.5, seed); }},
      {"30 % of the area",
       [](const Image& p, std::uint64_t seed) { return cut_somewhere(p, 0.3, seed); }},
      {"mirrored", [](const Image& p, std::uint64_t) { return mirrored(p); }},
      {"JPEG 50", [](const Image& p, std::uint64_t) { return compressed(p, ".jpg", 50); }},
      {"WebP 30", [](const Image& p, std::uint64_t) { return compressed(p, ".webp", 30); }},
      {"half the size", [](const Image& p, std::uint64_t) { return resized(p, 0.5); }},
      {"brighter by 20 %",
       [](const Image& p, std::uint64_t) { return tinted(p, 1.2F, 1.2F, 1.2F); }}};
  return all;
}

}  // namespace atelier
