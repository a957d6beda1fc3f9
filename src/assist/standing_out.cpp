// SPDX-License-Identifier: Apache-2.0
#include "assist/standing_out.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "assist/areas.hpp"
#include "assist/raw_saliency.hpp"
#include "atelier/assist/saliency.hpp"

namespace atelier::assist {
namespace {

constexpr double lowest = 0.15, highest = 0.8, step = 0.05;  // thresholds
constexpr double least_area = 0.003, most_area = 0.6;        // of the picture
constexpr double ring_width = 0.04;                          // of the long edge
constexpr int ring_gap = 2;                                  // px
constexpr double wholly_apart = 0.35;                        // of saliency
constexpr double least_clearness = 0.4, area_power = 0.25;
constexpr double large = 0.5, touching = 0.012;  // of the picture
constexpr double least_part = 0.1;               // of the largest object
constexpr double salient = 0.25;                 // that objects must explain
constexpr std::size_t most = 3;
constexpr double bins_of_lightness = 12, bins_of_colour = 40;  // a unit of Oklab

/// px, right and bottom not included.
struct Window {
  int left, top, right, bottom;
  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }
};

/// A part of a picture as a mask of its own.
class Shape {
 public:
  Shape(int width, int height)
      : width_(width), height_(height), values_(static_cast<std::size_t>(width) * height) {}
  [[nodiscard]] bool at(int x, int y) const { return values_[index(x, y)] != 0; }
  void set(int x, int y) { values_[index(x, y)] = 1; }

  /// Grown by `radius` px to every side, corners cut: a diamond's shape.
  [[nodiscard]] Shape grown(int radius) const {
    // Two passes give each pixel its way to the shape, in steps to neighbours.
    std::vector<int> away(values_.size());
    const int far = width_ + height_;
    for (std::size_t i = 0; i < away.size(); ++i) away[i] = values_[i] != 0 ? 0 : far;
    const auto come = [&](int x, int y, int u, int v) {
      if (u < 0 || v < 0 || u >= width_ || v >= height_) return;
      away[index(x, y)] = std::min(away[index(x, y)], away[index(u, v)] + 1);
    };
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) come(x, y, x - 1, y), come(x, y, x, y - 1);
    }
    for (int y = height_ - 1; y >= 0; --y) {
      for (int x = width_ - 1; x >= 0; --x) come(x, y, x + 1, y), come(x, y, x, y + 1);
    }
    Shape result(width_, height_);
    for (std::size_t i = 0; i < away.size(); ++i) result.values_[i] = away[i] <= radius ? 1 : 0;
    return result;
  }

  /// With what cannot be reached from the border of the mask.
  [[nodiscard]] Shape filled() const {
    std::vector<int> labels(values_.begin(), values_.end());
    const Labelled labelled = connected(labels, width_, height_);
    std::vector<bool> outside(static_cast<std::size_t>(labelled.count));
    const auto mark = [&](int x, int y) {
      if (!at(x, y)) outside[static_cast<std::size_t>(labelled.area[index(x, y)])] = true;
    };
    for (int x = 0; x < width_; ++x) mark(x, 0), mark(x, height_ - 1);
    for (int y = 0; y < height_; ++y) mark(0, y), mark(width_ - 1, y);
    Shape result(width_, height_);
    for (std::size_t i = 0; i < values_.size(); ++i)
      result.values_[i] = outside[static_cast<std::size_t>(labelled.area[i])] ? 0 : 1;
    return result;
  }

 private:
  [[nodiscard]] std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + x;
  }

  int width_, height_;
  std::vector<char> values_;
};

class Finder {
 public:
  explicit Finder(const std::array<Plane, 3>& lab) : map_(raw_saliency(lab).map) {
    for (std::size_t i = 0; i < map_.values.size(); ++i) {
      const auto bin = [&](std::size_t c, double bins) {
        return static_cast<int>(std::floor(lab[c].values[i] * bins)) + 64;
      };
      colour_.push_back((bin(0, bins_of_lightness) * 256 + bin(1, bins_of_colour)) * 256 +
                        bin(2, bins_of_colour));
    }
  }

  [[nodiscard]] std::vector<StandingOut> candidates() const {
    std::vector<StandingOut> found;
    const int steps = static_cast<int>(std::lround((highest - lowest) / step));
    for (int i = 0; i <= steps; ++i) add_candidates(lowest + i * step, found);
    return found;
  }

  /// The part of what is salient that lies within boxes.
  [[nodiscard]] double explained(const std::vector<StandingOut>& objects) const {
    double inside = 0, all = 0;
    for (int y = 0; y < map_.height; ++y) {
      for (int x = 0; x < map_.width; ++x) {
        const double value = map_.at(x, y), u = (x + 0.5) / map_.width, v = (y + 0.5) / map_.height;
        if (value < salient) continue;
        all += value;
        const bool within =
            std::any_of(objects.begin(), objects.end(), [&](const StandingOut& one) {
              return u > one.box.left && u < one.box.right && v > one.box.top && v < one.box.bottom;
            });
        if (within) inside += value;
      }
    }
    return all > 0 ? inside / all : 0;
  }

 private:
  void add_candidates(double threshold, std::vector<StandingOut>& found) const {
    std::vector<int> above(map_.values.size());
    for (std::size_t i = 0; i < above.size(); ++i) above[i] = map_.values[i] > threshold ? 1 : 0;
    const Labelled labelled = connected(above, map_.width, map_.height);
    std::vector<Window> windows(static_cast<std::size_t>(labelled.count),
                                {map_.width, map_.height, 0, 0});
    std::vector<int> sizes(windows.size());
    for (int y = 0; y < map_.height; ++y) {
      for (int x = 0; x < map_.width; ++x) {
        if (above[map_.index(x, y)] == 0) continue;
        const auto number = static_cast<std::size_t>(labelled.area[map_.index(x, y)]);
        Window& w = windows[number];
        w = {std::min(w.left, x), std::min(w.top, y), std::max(w.right, x + 1),
             std::max(w.bottom, y + 1)};
        ++sizes[number];
      }
    }
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const Window& w = windows[i];
      const double area = static_cast<double>(sizes[i]) / static_cast<double>(above.size());
      if (area < least_area || area > most_area) continue;
      if ((w.left <= 1 && w.right >= map_.width - 1) || (w.top <= 1 && w.bottom >= map_.height - 1))
        continue;
      const double clear = clearness(labelled, static_cast<int>(i), w, threshold);
      if (clear < least_clearness) continue;
      found.push_back(
          {{static_cast<double>(w.left) / map_.width, static_cast<double>(w.top) / map_.height,
            static_cast<double>(w.right) / map_.width, static_cast<double>(w.bottom) / map_.height},
           clear,
           area});
    }
  }

  [[nodiscard]] double clearness(const Labelled& labelled, int number, const Window& box,
                                 double threshold) const {
    const int width = std::max(3, static_cast<int>(ring_width * std::max(map_.width, map_.height)));
    const Window w{std::max(box.left - width - 1, 0), std::max(box.top - width - 1, 0),
                   std::min(box.right + width + 1, map_.width),
                   std::min(box.bottom + width + 1, map_.height)};
    Shape plain(w.width(), w.height());
    for (int y = w.top; y < w.bottom; ++y) {
      for (int x = w.left; x < w.right; ++x) {
        if (labelled.area[map_.index(x, y)] == number) plain.set(x - w.left, y - w.top);
      }
    }
    const Shape shape = plain.filled(), near = shape.grown(ring_gap), wide = shape.grown(width);
    std::unordered_map<int, std::array<double, 2>> histogram;
    double inside = 0, around = 0, inside_sum = 0, around_sum = 0, low = 0;
    for (int y = w.top; y < w.bottom; ++y) {
      for (int x = w.left; x < w.right; ++x) {
        const int u = x - w.left, v = y - w.top;
        const std::size_t i = map_.index(x, y);
        if (shape.at(u, v)) {
          inside += 1;
          inside_sum += map_.values[i];
          histogram[colour_[i]][0] += 1;
        } else if (wide.at(u, v) && !near.at(u, v)) {
          around += 1;
          around_sum += map_.values[i];
          histogram[colour_[i]][1] += 1;
          if (map_.values[i] < threshold) low += 1;
        }
      }
    }
    if (around < 10) return 0;
    double overlap = 0;
    for (const auto& [colour, counts] : histogram)
      overlap += std::min(counts[0] / inside, counts[1] / around);
    const double apart = inside_sum / inside - around_sum / around;
    return std::clamp(apart / wholly_apart, 0.0, 1.0) * (1 - overlap) * (low / around);
  }

  Plane map_;
  std::vector<int> colour_;  ///< of each pixel, its bin
};

/// What the picture's border cuts and fills half of it is scenery.
bool is_scenery(const Box& box) {
  return box.area() > large && (box.left < touching || box.top < touching ||
                                box.right > 1 - touching || box.bottom > 1 - touching);
}

}  // namespace

Objects find_objects(const image::Image& picture) {
  const Finder finder(oklab_planes(at_long_edge(picture, saliency_edge)));
  std::vector<StandingOut> all = finder.candidates();
  std::stable_sort(all.begin(), all.end(), [](const StandingOut& a, const StandingOut& b) {
    return a.clearness * std::pow(a.area, area_power) > b.clearness * std::pow(b.area, area_power);
  });
  Objects objects;
  for (const StandingOut& one : all) {
    if (objects.found.size() == most) break;
    const bool apart_from_all = std::all_of(
        objects.found.begin(), objects.found.end(),
        [&](const StandingOut& other) { return common(one.box, other.box).area() <= 0; });
    if (apart_from_all) objects.found.push_back(one);
  }
  std::erase_if(objects.found, [](const StandingOut& one) { return is_scenery(one.box); });
  double largest = 0;
  for (const StandingOut& one : objects.found) largest = std::max(largest, one.area);
  std::erase_if(objects.found,
                [&](const StandingOut& one) { return one.area < least_part * largest; });
  objects.certainty = finder.explained(objects.found);
  return objects;
}

}  // namespace atelier::assist
