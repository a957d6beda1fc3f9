// SPDX-License-Identifier: Apache-2.0
#include "palette/parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace atelier::palette {
namespace {

constexpr double least_share = 0.0015;
constexpr double least_accent = 0.002, left_out = 0.12, mixed = 0.09, gathered = 0.07;
constexpr int most_accents = 6;
constexpr double of_one_colour = 0.01;  // spread that noise leaves of one
constexpr double alike = 0.10;          // distance of parts that are one colour's shades

Part made_of(std::vector<Bin> bins) {
  Part part;
  std::array<double, 3> sum{};
  std::map<int, double> peaks;
  for (const Bin& bin : bins) {
    part.witness += bin.witness;
    peaks[bin.peak] += bin.witness;
    for (int c = 0; c < 3; ++c) sum[c] += bin.witness * bin.colour[c];
  }
  for (int c = 0; c < 3; ++c) part.mean[c] = static_cast<float>(sum[c] / part.witness);
  for (const Bin& bin : bins) part.spread += bin.witness * squared_distance(bin.colour, part.mean);
  part.spread = std::sqrt(part.spread / part.witness);
  part.peak = std::max_element(peaks.begin(), peaks.end(), [](const auto& a, const auto& b) {
                return a.second < b.second;
              })->first;
  part.bins = std::move(bins);
  return part;
}

/// The direction of the greatest spread, by power iteration on the covariance.
std::array<double, 3> longest_axis(const Part& part) {
  std::array<double, 9> covariance{};
  for (const Bin& bin : part.bins) {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        covariance[3 * i + j] +=
            bin.witness * (bin.colour[i] - part.mean[i]) * (bin.colour[j] - part.mean[j]);
      }
    }
  }
  std::array<double, 3> axis{1, 0.5, 0.25};
  for (int step = 0; step < 30; ++step) {
    std::array<double, 3> next{};
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) next[i] += covariance[3 * i + j] * axis[j];
    }
    const double length = std::hypot(next[0], next[1], next[2]);
    if (length < 1e-30) return {1, 0, 0};
    for (int i = 0; i < 3; ++i) axis[i] = next[i] / length;
  }
  return axis;
}

/// Two parts: by the side of the mean along the longest axis, then by the nearer of both means,
/// until that settles. Empty when it has one bin.
std::vector<Part> halves(const Part& part) {
  if (part.bins.size() < 2 || part.spread == 0) return {};
  const std::array<double, 3> axis = longest_axis(part);
  std::array<std::vector<Bin>, 2> sides;
  for (const Bin& bin : part.bins) {
    double along = 0;
    for (int c = 0; c < 3; ++c) along += axis[c] * (bin.colour[c] - part.mean[c]);
    sides[along > 0 ? 1 : 0].push_back(bin);
  }
  if (sides[0].empty() || sides[1].empty()) return {};
  std::vector<Part> result{made_of(sides[0]), made_of(sides[1])};
  for (int round = 0; round < 10; ++round) {
    std::array<std::vector<Bin>, 2> nearer;
    for (const Bin& bin : part.bins) {
      const bool second = squared_distance(bin.colour, result[1].mean) <
                          squared_distance(bin.colour, result[0].mean);
      nearer[second ? 1 : 0].push_back(bin);
    }
    if (nearer[0].empty() || nearer[1].empty()) break;
    const bool settled = nearer[0].size() == result[0].bins.size();
    result = {made_of(nearer[0]), made_of(nearer[1])};
    if (settled) break;
  }
  return result;
}

double distance(const Part& x, const Part& y) {
  return std::sqrt(squared_distance(x.mean, y.mean));
}

/// Whether next to nothing lies between both: their means are far apart for their spreads along the
/// line that joins them. Two halves of an even gradient are 1.7 of both spreads apart, those of a
/// Gaussian 1.3.
bool are_apart(const Part& x, const Part& y) {
  constexpr double clearly = 2.3;
  const double length = distance(x, y);
  const auto spread_along = [&](const Part& part) {
    double sum = 0;
    for (const Bin& bin : part.bins) {
      double along = 0;
      for (int c = 0; c < 3; ++c) {
        along += (bin.colour[c] - part.mean[c]) * (y.mean[c] - x.mean[c]) / length;
      }
      sum += bin.witness * along * along;
    }
    return std::sqrt(sum / part.witness);
  };
  return length > clearly * (spread_along(x) + spread_along(y));
}

/// What is lost when both become one colour.
double matter(const Part& x, const Part& y) {
  return std::sqrt(x.witness * y.witness / (x.witness + y.witness)) * distance(x, y);
}

void join(std::vector<Part>& parts, std::size_t i, std::size_t j) {
  std::vector<Bin> bins = std::move(parts[i].bins);
  bins.insert(bins.end(), parts[j].bins.begin(), parts[j].bins.end());
  parts[i] = made_of(std::move(bins));
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(j));
}

/// The pair i < j of the least cost, which is infinite for pairs that must stay apart.
template <class Cost>
std::pair<double, std::pair<std::size_t, std::size_t>> cheapest(const std::vector<Part>& parts,
                                                                const Cost& cost) {
  std::pair<double, std::pair<std::size_t, std::size_t>> best{
      std::numeric_limits<double>::infinity(), {0, 0}};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      const double value = cost(parts[i], parts[j]);
      if (value < best.first) best = {value, {i, j}};
    }
  }
  return best;
}

/// Squared distance from the line that joins two colours.
float squared_from_line(const Even& colour, const Even& a, const Even& b) {
  float along = 0, length = 0;
  for (int c = 0; c < 3; ++c) {
    along += (colour[c] - a[c]) * (b[c] - a[c]);
    length += (b[c] - a[c]) * (b[c] - a[c]);
  }
  const float way = length > 0 ? std::clamp(along / length, 0.0F, 1.0F) : 0;
  Even point{};
  for (int c = 0; c < 3; ++c) point[c] = a[c] + way * (b[c] - a[c]);
  return squared_distance(colour, point);
}

bool is_left_out(const Even& colour, const std::vector<Part>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (squared_distance(parts[i].mean, colour) < left_out * left_out) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (squared_from_line(colour, parts[i].mean, parts[j].mean) < mixed * mixed) return false;
    }
  }
  return true;
}

/// Leaves out what hardly a pixel witnesses; never the largest.
void drop_strays(std::vector<Part>& parts) {
  double all = 0, largest = 0;
  for (const Part& part : parts) {
    all += part.witness;
    largest = std::max(largest, part.witness);
  }
  std::erase_if(
      parts, [&](const Part& part) { return part.witness < std::min(least_share * all, largest); });
}

}  // namespace

std::vector<Part> parts_of(const std::vector<Bin>& bins) {
  std::map<int, std::vector<Bin>> peaks;
  for (const Bin& bin : bins) peaks[bin.peak].push_back(bin);
  std::vector<Part> parts;
  for (auto& [peak, own] : peaks) parts.push_back(made_of(std::move(own)));
  drop_strays(parts);
  return parts;
}

std::vector<Part> divided(std::vector<Part> parts, double spread) {
  for (std::size_t i = 0; i < parts.size();) {
    std::vector<Part> two;
    if (parts[i].spread > of_one_colour) two = halves(parts[i]);
    if (two.empty() || (parts[i].spread <= spread && !are_apart(two[0], two[1]))) {
      ++i;
    } else {
      parts[i] = std::move(two[0]);
      parts.push_back(std::move(two[1]));
    }
  }
  drop_strays(parts);
  return parts;
}

void add_accents(std::vector<Part>& parts, const std::vector<Bin>& bins) {
  const auto area_of = [](const std::vector<Bin>& some) {
    return std::accumulate(some.begin(), some.end(), 0.0,
                           [](double sum, const Bin& bin) { return sum + bin.area; });
  };
  const double all = area_of(bins);
  for (int accent = 0; accent < most_accents; ++accent) {
    std::vector<Bin> far, best;
    std::copy_if(bins.begin(), bins.end(), std::back_inserter(far),
                 [&](const Bin& bin) { return is_left_out(bin.colour, parts); });
    double most = least_accent * all;
    for (const Bin& centre : far) {
      std::vector<Bin> own;
      std::copy_if(far.begin(), far.end(), std::back_inserter(own), [&](const Bin& bin) {
        return squared_distance(bin.colour, centre.colour) < gathered * gathered;
      });
      const double area = area_of(own);
      if (area <= most) continue;
      most = area;
      best = std::move(own);
    }
    if (best.empty()) return;
    parts.push_back(made_of(std::move(best)));
    parts.back().witness = most;      // what it would have, were it flat
    parts.back().peak = -1 - accent;  // no other's shade
  }
}

void divide_to(std::vector<Part>& parts, std::size_t count) {
  while (parts.size() < count) {
    std::size_t best = parts.size();
    double most = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const double value = parts[i].spread * std::sqrt(parts[i].witness);
      if (parts[i].bins.size() > 1 && value > most) {
        most = value;
        best = i;
      }
    }
    if (best == parts.size()) return;
    std::vector<Part> two = halves(parts[best]);
    if (two.empty()) return;
    parts[best] = std::move(two[0]);
    parts.push_back(std::move(two[1]));
  }
}

void join_alike(std::vector<Part>& parts, std::size_t most) {
  const auto of_one_peak = [](const Part& x, const Part& y) {
    const double apart = distance(x, y);
    const bool one = x.peak == y.peak && apart < alike && !are_apart(x, y);
    return one ? apart : std::numeric_limits<double>::infinity();
  };
  while (true) {
    const auto [cost, pair] = cheapest(parts, of_one_peak);
    if (!std::isfinite(cost)) break;
    join(parts, pair.first, pair.second);
  }
  join_to(parts, most);
}

void join_to(std::vector<Part>& parts, std::size_t count) {
  while (parts.size() > count) {
    const auto [i, j] = cheapest(parts, matter).second;
    join(parts, i, j);
  }
}

image::Rgb colour_of(const Part& part) {
  constexpr double width = 0.03;
  Even centre = part.mean;
  image::Rgb rgb{};
  for (int step = 0; step < 4; ++step) {
    double sum = 0;
    std::array<double, 3> place{};
    rgb = {};
    for (const Bin& bin : part.bins) {
      const double weight =
          bin.witness * std::exp(-squared_distance(bin.colour, centre) / (2 * width * width));
      sum += weight;
      for (int c = 0; c < 3; ++c) {
        place[c] += weight * bin.colour[c];
        rgb[c] += weight * bin.rgb[c];
      }
    }
    if (sum == 0) {  // all bins are far from their mean: take the heaviest
      const auto heaviest =
          std::max_element(part.bins.begin(), part.bins.end(),
                           [](const Bin& a, const Bin& b) { return a.witness < b.witness; });
      return heaviest->rgb;
    }
    for (int c = 0; c < 3; ++c) {
      centre[c] = static_cast<float>(place[c] / sum);
      rgb[c] /= sum;
    }
  }
  return rgb;
}

}  // namespace atelier::palette
