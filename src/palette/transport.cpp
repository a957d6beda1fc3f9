// SPDX-License-Identifier: Apache-2.0
#include "palette/transport.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace atelier::palette {
namespace {

constexpr double cell = 0.02;
constexpr Point kept{1, 0.25, 0.25};  // of what varies about the means
constexpr double least_entropy = 0.004, wider = 1.4;
constexpr double steepest = 1.8, hundredth = 0.01;
constexpr int most_rounds = 300;
constexpr double close_enough = 1e-4;  // of the shares

double squared(const Point& x, const Point& y) {
  double sum = 0;
  for (int c = 0; c < 3; ++c) sum += (x[c] - y[c]) * (x[c] - y[c]);
  return sum;
}

}  // namespace

Counted counted(const image::Image& picture) {
  struct Sum {
    double weight = 0;
    Point colour{};
  };
  std::map<std::array<int, 3>, Sum> cells;
  double all = 0;
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const double weight = picture.alpha.empty() ? 1 : picture.alpha[i];
    if (weight == 0) continue;
    const image::Oklab lab = image::oklab_from_srgb(
        {picture.rgb[3 * i], picture.rgb[3 * i + 1], picture.rgb[3 * i + 2]});
    const Point colour{lab.L, lab.a, lab.b};
    std::array<int, 3> key{};
    for (int c = 0; c < 3; ++c) key[c] = static_cast<int>(std::lround(colour[c] / cell));
    Sum& sum = cells[key];
    sum.weight += weight;
    for (int c = 0; c < 3; ++c) sum.colour[c] += weight * colour[c];
    all += weight;
  }
  Counted result;
  for (auto& [key, sum] : cells) {
    for (double& value : sum.colour) value /= sum.weight;
    result.colours.push_back(sum.colour);
    result.shares.push_back(sum.weight / all);
  }
  return result;
}

Transport::Transport(const Counted& from, std::vector<Point> to, const std::vector<double>& shares,
                     bool free_shares)
    : to_(std::move(to)), potential_(to_.size(), 0.0), entropy_(least_entropy) {
  // Colours of the whole range of sRGB are less than 1.5 apart: at this entropy all parts are
  // alike.
  constexpr double widest = 4;
  while (true) {
    if (!free_shares) balance(from, shares);
    find_means(from);
    if (entropy_ > widest || steepness(from) <= steepest) return;
    entropy_ *= wider;
  }
}

std::vector<double> Transport::parts(const Point& colour) const {
  std::vector<double> result(to_.size());
  double most = -1e300, sum = 0;
  for (std::size_t j = 0; j < to_.size(); ++j) {
    result[j] = (potential_[j] - squared(colour, to_[j])) / entropy_;
    most = std::max(most, result[j]);
  }
  for (double& part : result) sum += part = std::exp(part - most);
  for (double& part : result) part /= sum;
  return result;
}

std::vector<double> Transport::arrived(const Counted& from) const {
  std::vector<double> sums(to_.size());
  for (std::size_t i = 0; i < from.colours.size(); ++i) {
    const std::vector<double> own = parts(from.colours[i]);
    for (std::size_t j = 0; j < own.size(); ++j) sums[j] += from.shares[i] * own[j];
  }
  return sums;
}

/// Sinkhorn's steps; what the picture's side needs is in parts() already.
void Transport::balance(const Counted& from, const std::vector<double>& shares) {
  for (int round = 0; round < most_rounds; ++round) {
    const std::vector<double> sums = arrived(from);
    double off = 0;
    for (std::size_t j = 0; j < sums.size(); ++j) {
      const double wanted = std::max(shares[j], 1e-6);
      potential_[j] += entropy_ * std::log(wanted / std::max(sums[j], 1e-12));
      off = std::max(off, std::abs(sums[j] - wanted));
    }
    if (off < close_enough) return;
  }
}

void Transport::find_means(const Counted& from) {
  means_.assign(to_.size(), Point{});
  std::vector<double> sums(to_.size(), 1e-12);
  for (std::size_t i = 0; i < from.colours.size(); ++i) {
    const std::vector<double> own = parts(from.colours[i]);
    for (std::size_t j = 0; j < own.size(); ++j) {
      const double weight = from.shares[i] * own[j];
      sums[j] += weight;
      for (int c = 0; c < 3; ++c) means_[j][c] += weight * from.colours[i][c];
    }
  }
  for (std::size_t j = 0; j < to_.size(); ++j) {
    for (int c = 0; c < 3; ++c) {
      means_[j][c] = (means_[j][c] + 1e-12 * to_[j][c]) / sums[j];  // of none: its own place
    }
  }
}

Point Transport::operator()(const Point& colour) const {
  const std::vector<double> own = parts(colour);
  Point result{};
  for (std::size_t j = 0; j < own.size(); ++j) {
    for (int c = 0; c < 3; ++c)
      result[c] += own[j] * (to_[j][c] + kept[c] * (colour[c] - means_[j][c]));
  }
  return result;
}

double Transport::steepness(const Counted& from) const {
  constexpr double step = 0.004;  // about that of 8 bits
  std::vector<std::pair<double, double>> slopes;
  for (std::size_t i = 0; i < from.colours.size(); ++i) {
    const Point here = (*this)(from.colours[i]);
    double steep = 0;
    for (int c = 0; c < 3; ++c) {
      Point beside = from.colours[i];
      beside[c] += step;
      steep = std::max(steep, std::sqrt(squared((*this)(beside), here)) / step);
    }
    slopes.emplace_back(steep, from.shares[i]);
  }
  std::sort(slopes.rbegin(), slopes.rend());
  double above = 0;
  for (const auto& [slope, share] : slopes) {
    above += share;
    if (above > hundredth) return slope;
  }
  return 0;
}

}  // namespace atelier::palette
