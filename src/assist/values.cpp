// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "assist/areas.hpp"
#include "assist/planes.hpp"
#include "atelier/assist/saliency.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::assist {
namespace {

constexpr int levels = 128;           // of lightness
constexpr double detail = 0.02;       // of the long edge, that is opened and closed away
constexpr double least_area = 0.002;  // of the picture, that stays an area of its own
constexpr double mass = 0.01;         // of the picture

using Histogram = std::array<double, levels>;

int level_of(double lightness) {
  return std::clamp(static_cast<int>(lightness * levels), 0, levels - 1);
}

/// Sums over levels below each, so that the variance within any range is known at once.
struct Sums {
  std::array<double, levels + 1> count{}, first{}, second{};

  explicit Sums(const Histogram& histogram) {
    for (int i = 0; i < levels; ++i) {
      const double value = (i + 0.5) / levels;
      count[i + 1] = count[i] + histogram[i];
      first[i + 1] = first[i] + histogram[i] * value;
      second[i + 1] = second[i] + histogram[i] * value * value;
    }
  }
  /// Sum of squared distances from the mean, of levels `from` up to, not including, `to`.
  [[nodiscard]] double spread(int from, int to) const {
    const double n = count[to] - count[from], s = first[to] - first[from];
    return n > 0 ? second[to] - second[from] - s * s / n : 0;
  }
};

/// First level of each part but the first, so that the spread within parts is least.
std::vector<int> best_borders(const Sums& sums, int parts) {
  const auto rows = static_cast<std::size_t>(parts);
  std::vector<std::array<double, levels + 1>> least(rows);
  std::vector<std::array<int, levels + 1>> begin(rows);
  for (int end = 0; end <= levels; ++end) least[0][end] = sums.spread(0, end);
  for (std::size_t part = 1; part < rows; ++part) {
    for (int end = 0; end <= levels; ++end) {
      least[part][end] = std::numeric_limits<double>::infinity();
      for (int from = 0; from <= end; ++from) {
        const double spread = least[part - 1][from] + sums.spread(from, end);
        if (spread >= least[part][end] - 1e-12) continue;
        least[part][end] = spread;
        begin[part][end] = from;
      }
    }
  }
  std::vector<int> borders;
  int end = levels;
  for (std::size_t part = rows - 1; part > 0; --part)
    borders.insert(borders.begin(), end = begin[part][end]);
  return borders;
}

/// Areas that are too small take the label of most of their neighbours, the smallest first.
void give_away_small_areas(std::vector<int>& labels, int width, int height) {
  const auto least = static_cast<std::size_t>(least_area * static_cast<double>(labels.size()));
  const Labelled labelled = connected(labels, width, height);
  std::vector<std::vector<std::size_t>> pixels(static_cast<std::size_t>(labelled.count));
  for (std::size_t i = 0; i < labels.size(); ++i)
    pixels[static_cast<std::size_t>(labelled.area[i])].push_back(i);
  std::stable_sort(pixels.begin(), pixels.end(),
                   [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const auto w = static_cast<std::size_t>(width);
  for (const std::vector<std::size_t>& area : pixels) {
    if (area.size() >= least) break;
    std::map<int, int> around;
    const int own = labelled.area[area.front()];
    const auto meet = [&](bool there, std::size_t next) {
      if (there && labelled.area[next] != own) ++around[labels[next]];
    };
    for (const std::size_t i : area) {
      meet(i % w > 0, i - 1);
      meet(i % w + 1 < w, i + 1);
      meet(i >= w, i - w);
      meet(i + w < labels.size(), i + w);
    }
    if (around.empty()) continue;
    const auto most =
        std::max_element(around.begin(), around.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const std::size_t i : area) labels[i] = most->first;
  }
}

std::string pattern_of(const std::vector<double>& shares) {
  double dark = 0, light = 0;
  const std::size_t half = shares.size() / 2;
  for (std::size_t i = 0; i < half; ++i) dark += shares[i], light += shares[shares.size() - 1 - i];
  const double middle = 1 - dark - light;
  if (dark > 0.6) return light > 0.02 ? "light accents on dark" : "mostly dark";
  if (light > 0.6) return dark > 0.02 ? "dark accents on light" : "mostly light";
  if (middle > 0.6) return "mostly middle values";
  if (middle < 0.15) return "dark against light";
  if (dark > light + 0.15) return "dark, with lights";
  if (light > dark + 0.15) return "light, with darks";
  return "dark, middle and light in like parts";
}

}  // namespace

ValueStudy study_values(const image::Image& picture, int steps) {
  if (steps != 3 && steps != 5) {
    fail(ErrorKind::invalid_argument, "{} values cannot be told apart here; use 3 or 5.", steps);
  }
  const image::Image small = at_long_edge(picture, saliency_edge);
  const Plane light =
      open_close(oklab_planes(small)[0],
                 static_cast<int>(std::lround(detail * std::max(small.width, small.height) / 2)));
  const auto cover = [&](std::size_t i) { return small.alpha.empty() ? 1.0 : small.alpha[i]; };
  Histogram histogram{};
  for (std::size_t i = 0; i < light.values.size(); ++i)
    histogram[level_of(light.values[i])] += cover(i);
  const Sums sums(histogram);
  const std::vector<int> borders = best_borders(sums, steps);
  std::vector<int> labels(light.values.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto above = std::upper_bound(borders.begin(), borders.end(), level_of(light.values[i]));
    labels[i] = static_cast<int>(above - borders.begin());
  }
  give_away_small_areas(labels, light.width, light.height);

  ValueStudy study;
  Values& values = study.values;
  values.shares.assign(static_cast<std::size_t>(steps), 0);
  values.lightness.assign(static_cast<std::size_t>(steps), 0);
  double all = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto label = static_cast<std::size_t>(labels[i]);
    values.shares[label] += cover(i);
    values.lightness[label] += cover(i) * light.values[i];
    all += cover(i);
  }
  double within = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto label = static_cast<std::size_t>(labels[i]);
    if (values.shares[label] == 0) continue;
    const double away = light.values[i] - values.lightness[label] / values.shares[label];
    within += cover(i) * away * away;
  }
  const double spread = sums.spread(0, levels);
  values.clearness = spread > 1e-9 ? std::clamp(1 - within / spread, 0.0, 1.0) : 1;
  for (std::size_t i = 0; i < values.shares.size(); ++i) {
    if (values.shares[i] > 0) values.lightness[i] /= values.shares[i];
    if (all > 0) values.shares[i] /= all;
  }
  const Labelled areas = connected(labels, light.width, light.height);
  std::vector<double> sizes(static_cast<std::size_t>(areas.count));
  for (const int area : areas.area)
    sizes[static_cast<std::size_t>(area)] += 1 / static_cast<double>(labels.size());
  for (const double size : sizes) values.masses += size >= mass ? 1 : 0;
  values.largest = *std::max_element(sizes.begin(), sizes.end());
  if (all > 0) values.pattern = pattern_of(values.shares);

  study.picture = {light.width, light.height, {}, small.alpha};
  for (const int label : labels) {
    const double grey = 0.06 + 0.88 * label / (steps - 1);
    study.picture.rgb.insert(study.picture.rgb.end(), 3, static_cast<float>(grey));
  }
  return study;
}

}  // namespace atelier::assist
