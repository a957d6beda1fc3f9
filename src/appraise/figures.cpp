// SPDX-License-Identifier: Apache-2.0
#include "appraise/figures.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "atelier/base/random.hpp"

namespace atelier::appraise {
namespace {

/// Places 0, 1, ... in the order of the values; equal values share the mean of theirs.
std::vector<double> ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  std::vector<double> ranks(values.size());
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    for (std::size_t i = from; i < to; ++i) {
      ranks[order[i]] = static_cast<double>(from + to - 1) / 2;
    }
    from = to;
  }
  return ranks;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto count = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / count,
               mean_b = std::accumulate(b.begin(), b.end(), 0.0) / count;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

}  // namespace

at::Tensor confusion(const at::Tensor& classes, const at::Tensor& called, std::int64_t count) {
  return at::bincount(classes * count + called, {}, count * count).view({count, count});
}

double accuracy_of(const at::Tensor& matrix) {
  const auto all = matrix.sum().item<double>();
  return all > 0 ? matrix.diagonal().sum().item<double>() / all : 0;
}

std::vector<double> f1_of(const at::Tensor& matrix) {
  std::vector<double> figures;
  for (std::int64_t c = 0; c < matrix.size(0); ++c) {
    const double either = matrix[c].sum().item<double>() + matrix.select(1, c).sum().item<double>();
    figures.push_back(either > 0 ? 2 * matrix[c][c].item<double>() / either : 0);
  }
  return figures;
}

double rank_correlation(std::span<const double> a, std::span<const double> b) {
  return a.empty() ? 0 : correlation(ranks(a), ranks(b));
}

Interval rank_correlation_interval(std::span<const double> a, std::span<const double> b,
                                   std::span<const std::size_t> groups, int draws,
                                   std::uint64_t seed) {
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < groups.size(); ++i) members[groups[i]].push_back(i);
  std::vector<const std::vector<std::size_t>*> all;
  for (const auto& [group, works] : members) all.push_back(&works);
  RandomStream chance(seed, "bootstrap");
  std::vector<double> figures;
  for (int draw = 0; draw < draws; ++draw) {
    std::vector<double> drawn_a, drawn_b;
    for (std::size_t k = 0; k < all.size(); ++k) {
      const auto pick =
          static_cast<std::size_t>(chance.uniform() * static_cast<double>(all.size()));
      for (const std::size_t i : *all[pick]) {
        drawn_a.push_back(a[i]);
        drawn_b.push_back(b[i]);
      }
    }
    figures.push_back(rank_correlation(drawn_a, drawn_b));
  }
  std::sort(figures.begin(), figures.end());
  const auto at = [&](double share) {
    return figures[static_cast<std::size_t>(share * static_cast<double>(figures.size() - 1))];
  };
  return {at(0.025), at(0.975)};
}

double area_under_curve(std::span<const double> inside, std::span<const double> outside) {
  std::vector<double> all(inside.begin(), inside.end());
  all.insert(all.end(), outside.begin(), outside.end());
  const std::vector<double> places = ranks(all);
  const auto n = static_cast<double>(inside.size()), m = static_cast<double>(outside.size());
  const double sum = std::accumulate(places.begin() + static_cast<std::ptrdiff_t>(inside.size()),
                                     places.end(), 0.0);
  return (sum - m * (m - 1) / 2) / (n * m);
}

}  // namespace atelier::appraise
