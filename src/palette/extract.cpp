// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/extract.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/palette/names.hpp"
#include "palette/parts.hpp"

namespace atelier::palette {
namespace {

constexpr double broad = 0.05;      // spread of a part that is more than one colour
constexpr std::size_t enough = 12;  // colours that are found without being asked for

Field looked_at(const image::Image& picture) {
  const int edge = std::max(picture.width, picture.height);
  if (edge <= working_edge) return field_of(picture);
  const image::Size size = image::fit_long_edge({picture.width, picture.height}, working_edge);
  return field_of(image::resize(picture, {std::max(size.width, 1), std::max(size.height, 1)}));
}

std::vector<Part> found_parts(const Field& field, int count) {
  const std::vector<Bin> bins = count_colours(field);
  std::vector<Part> parts = parts_of(bins);
  const std::size_t peaks = parts.size();
  parts = divided(std::move(parts), broad);
  const bool flat = parts.size() == peaks;
  add_accents(parts, bins);
  if (count == 0) {
    join_alike(parts, flat ? max_found : enough);
  } else {
    divide_to(parts, static_cast<std::size_t>(count));
    join_to(parts, static_cast<std::size_t>(count));
  }
  return parts;
}

/// Shares and places, each pixel counting to the nearest colour.
void measure(const Field& field, std::vector<Colour>& colours) {
  std::vector<Even> centres;
  for (const Colour& colour : colours) centres.push_back(even_from_srgb(colour.rgb));
  struct Sums {
    double area = 0, x = 0, y = 0, squares = 0;
  };
  std::vector<Sums> sums(colours.size());
  double all = 0;
  for (int y = 0; y < field.height; ++y) {
    for (int x = 0; x < field.width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * field.width + x;
      if (field.area[i] == 0) continue;
      const auto nearest = std::min_element(
          centres.begin(), centres.end(), [&, at = field.colours[i]](const Even& a, const Even& b) {
            return squared_distance(a, at) < squared_distance(b, at);
          });
      Sums& own = sums[static_cast<std::size_t>(nearest - centres.begin())];
      const double weight = field.area[i], u = x + 0.5, v = y + 0.5;
      own.area += weight;
      own.x += weight * u;
      own.y += weight * v;
      own.squares += weight * (u * u + v * v);
      all += weight;
    }
  }
  const double diagonal = std::hypot(field.width, field.height);
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const Sums& own = sums[i];
    colours[i].share = own.area / all;
    if (own.area == 0) continue;
    const double x = own.x / own.area, y = own.y / own.area;
    const double square = std::max(own.squares / own.area - x * x - y * y, 0.0);
    colours[i].place = {x / field.width, y / field.height, std::sqrt(square) / diagonal};
  }
}

}  // namespace

Palette extract(const image::Image& picture, int count) {
  if (count < 0 || count > max_found) {
    fail(ErrorKind::invalid_argument,
         "{} colours cannot be looked for; ask for 1..{}, or 0 to have them counted.", count,
         max_found);
  }
  const Field field = looked_at(picture);
  Palette palette;
  if (std::none_of(field.area.begin(), field.area.end(), [](float area) { return area > 0; }))
    return palette;
  for (const Part& part : found_parts(field, count))
    palette.colours.push_back({colour_of(part), "", {}, {}});
  measure(field, palette.colours);
  std::stable_sort(palette.colours.begin(), palette.colours.end(),
                   [](const Colour& a, const Colour& b) { return *a.share > *b.share; });
  give_names(palette);
  return palette;
}

}  // namespace atelier::palette
