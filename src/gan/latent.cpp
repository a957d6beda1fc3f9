// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/latent.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "atelier/base/error.hpp"

namespace atelier::gan {
namespace {

constexpr double least_length = 1e-3;  // of the parents', of styles that cancel each other

void check_same(const Latent& a, const Latent& b) {
  if (a.levels == b.levels && a.size == b.size && a.values.size() == b.values.size()) return;
  fail(ErrorKind::invalid_argument,
       "these pictures are of different generators and cannot be mixed.");
}

/// Of the style at a level.
double length(const Latent& latent, int level) {
  const auto from = latent.values.begin() + std::ptrdiff_t{level} * latent.size;
  return std::sqrt(std::inner_product(from, from + latent.size, from, 0.0));
}

}  // namespace

Latent mixed(const std::vector<Parent>& parents) {
  double sum = 0;
  for (const Parent& parent : parents) {
    if (parent.weight < 0) {
      fail(ErrorKind::invalid_argument, "a parent's weight is {}; 0 is the least.", parent.weight);
    }
    sum += parent.weight;
  }
  if (!(sum > 0)) fail(ErrorKind::invalid_argument, "no parent has a weight above 0.");
  Latent child = parents.front().latent;
  std::fill(child.values.begin(), child.values.end(), 0.0F);
  for (const Parent& parent : parents) {
    check_same(child, parent.latent);
    const auto share = static_cast<float>(parent.weight / sum);
    for (std::size_t i = 0; i < child.values.size(); ++i) {
      child.values[i] += share * parent.latent.values[i];
    }
  }
  for (int level = 0; level < child.levels; ++level) {
    double usual = 0;
    for (const Parent& parent : parents)
      usual += parent.weight / sum * length(parent.latent, level);
    const double own = length(child, level);
    if (own <= least_length * usual) continue;
    const auto from = child.values.begin() + std::ptrdiff_t{level} * child.size;
    std::transform(from, from + child.size, from,
                   [&](float x) { return static_cast<float>(x * usual / own); });
  }
  return child;
}

Latent crossed(const Latent& coarse, const Latent& fine, int from) {
  check_same(coarse, fine);
  Latent child = coarse;
  const auto at = std::ptrdiff_t{child.size} * std::clamp(from, 0, child.levels);
  std::copy(fine.values.begin() + at, fine.values.end(), child.values.begin() + at);
  return child;
}

Latent moved(const Latent& latent, const Direction& direction, double steps, int first, int last) {
  if (static_cast<int>(direction.style.size()) != latent.size) {
    fail(ErrorKind::invalid_argument, "this direction is another generator's.");
  }
  Latent result = latent;
  for (int level = std::max(0, first); level <= std::min(last, latent.levels - 1); ++level) {
    float* style = result.values.data() + std::ptrdiff_t{level} * latent.size;
    for (int i = 0; i < latent.size; ++i) {
      style[i] += static_cast<float>(steps) * direction.style[static_cast<std::size_t>(i)];
    }
  }
  return result;
}

}  // namespace atelier::gan
