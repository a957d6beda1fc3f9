// SPDX-License-Identifier: Apache-2.0
#include "palette/made_palette.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "atelier/base/random.hpp"
#include "atelier/image/colour_difference.hpp"
#include "atelier/image/file.hpp"

namespace atelier::palette::test {
namespace {

constexpr int width = 480, height = 360;
constexpr double least_apart = 10;
constexpr double least_area = 0.01;

double difference(const image::Rgb& x, const image::Rgb& y) {
  return image::ciede2000(image::cielab_from_srgb(x), image::cielab_from_srgb(y));
}

double nearest(const image::Rgb& colour, const std::vector<image::Rgb>& others) {
  double least = 1e9;
  for (const image::Rgb& other : others) least = std::min(least, difference(colour, other));
  return least;
}

std::vector<image::Rgb> chosen_colours(std::uint64_t index) {
  RandomStream random(index, "colours");
  const std::size_t count = 5 + index % 8;
  std::vector<image::Rgb> colours;
  if (index % 3 == 0) colours = {{1, 1, 1}, {0, 0, 0}};
  while (colours.size() < count) {
    image::Rgb colour;
    for (double& channel : colour) channel = std::floor(random.uniform() * 256) / 255;
    if (nearest(colour, colours) >= least_apart) colours.push_back(colour);
  }
  return colours;
}

/// Which colour each pixel has.
std::vector<std::size_t> painted_areas(RandomStream& random, std::size_t colours) {
  struct Seed {
    double x, y;
    std::size_t colour;
  };
  std::vector<Seed> seeds;
  const auto count = static_cast<std::size_t>(30 + 60 * random.uniform());
  for (std::size_t i = 0; i < count; ++i) {
    const double x = random.uniform() * width, y = random.uniform() * height,
                 skewed = random.uniform() * random.uniform();  // areas that differ in size
    const auto any = static_cast<std::size_t>(skewed * static_cast<double>(colours));
    seeds.push_back({x, y, i < colours ? i : any});
  }
  const double wave = 4 + 10 * random.uniform(), phase = random.uniform() * 6;
  std::vector<std::size_t> areas;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = x + wave * std::sin(y / 23.0 + phase), v = y + wave * std::cos(x / 19.0);
      const auto closest =
          std::min_element(seeds.begin(), seeds.end(), [&](const Seed& a, const Seed& b) {
            return std::hypot(a.x - u, a.y - v) < std::hypot(b.x - u, b.y - v);
          });
      areas.push_back(closest->colour);
    }
  }
  return areas;
}

bool large_enough(const std::vector<std::size_t>& areas, std::size_t colours) {
  std::vector<std::size_t> pixels(colours);
  for (const std::size_t colour : areas) ++pixels[colour];
  return *std::min_element(pixels.begin(), pixels.end()) >=
         static_cast<std::size_t>(least_area * width * height);
}

}  // namespace

MadePalette made_palette(std::uint64_t index) {
  MadePalette made;
  made.colours = chosen_colours(index);
  RandomStream random(index, "areas");
  std::vector<std::size_t> areas;
  do {
    areas = painted_areas(random, made.colours.size());
  } while (!large_enough(areas, made.colours.size()));
  made.picture.width = width;
  made.picture.height = height;
  for (const std::size_t colour : areas) {
    for (const double channel : made.colours[colour])
      made.picture.rgb.push_back(static_cast<float>(channel));
  }
  RandomStream damage(index, "damage");
  made.noise = 6 * damage.uniform();
  const double scale = 0.5 + damage.uniform();
  made.size = {static_cast<int>(width * scale), static_cast<int>(height * scale)};
  made.quality = 60 + static_cast<int>(36 * damage.uniform());
  return made;
}

void save_damaged(const MadePalette& made, const std::filesystem::path& file, std::uint64_t index) {
  RandomStream random(index, "noise");
  image::Image picture = made.picture;
  for (float& value : picture.rgb) {
    value = std::clamp(value + static_cast<float>(made.noise / 255 * random.normal()), 0.0F, 1.0F);
  }
  image::save(image::resize(picture, made.size), file, {.quality = made.quality});
}

Recovery recovery(const std::vector<image::Rgb>& truth, const std::vector<image::Rgb>& found) {
  Recovery result;
  result.exact_count = truth.size() == found.size();
  for (const image::Rgb& colour : truth) {
    const double away = nearest(colour, found);
    result.worst = std::max(result.worst, away);
    result.mean += away / static_cast<double>(truth.size());
  }
  return result;
}

}  // namespace atelier::palette::test
