// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "appraise/measures/measures.hpp"

namespace atelier::appraise {
namespace {

constexpr int edge = 8;
using Block = std::array<double, edge * edge>;

/// ITU-T T.81, table K.1: steps of luminance.
constexpr std::array<double, edge * edge> steps{
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

/// Basis of the transform: row k is the k-th cosine, orthonormal.
Block make_basis() {
  Block basis;
  for (int k = 0; k < edge; ++k) {
    for (int i = 0; i < edge; ++i) {
      basis[static_cast<std::size_t>(edge * k + i)] =
          (k == 0 ? std::sqrt(1.0 / edge) : std::sqrt(2.0 / edge)) *
          std::cos(std::numbers::pi * (2 * i + 1) * k / (2 * edge));
    }
  }
  return basis;
}

/// basis * block * basis^T.
Block transformed(const Block& block) {
  static const Block basis = make_basis();
  Block half{}, whole{};
  for (std::size_t k = 0; k < edge; ++k) {
    for (std::size_t i = 0; i < edge; ++i) {
      for (std::size_t x = 0; x < edge; ++x)
        half[edge * k + x] += basis[edge * k + i] * block[edge * i + x];
    }
  }
  for (std::size_t y = 0; y < edge; ++y) {
    for (std::size_t k = 0; k < edge; ++k) {
      for (std::size_t i = 0; i < edge; ++i)
        whole[edge * y + k] += half[edge * y + i] * basis[edge * k + i];
    }
  }
  return whole;
}

double entropy(const std::map<int, std::size_t>& counts, double all) {
  double bits = 0;
  for (const auto& [value, count] : counts) {
    const double share = static_cast<double>(count) / all;
    bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace

double complexity_of(const Plane& luma) {
  std::array<std::map<int, std::size_t>, edge * edge> counts;
  double blocks = 0;
  for (int top = 0; top + edge <= luma.height; top += edge) {
    for (int left = 0; left + edge <= luma.width; left += edge) {
      Block block;
      for (int y = 0; y < edge; ++y) {
        std::copy_n(luma.row(top + y) + left, edge, block.begin() + edge * y);
      }
      const Block spectrum = transformed(block);
      for (std::size_t i = 0; i < spectrum.size(); ++i) {
        ++counts[i][static_cast<int>(std::lround(spectrum[i] / steps[i]))];
      }
      ++blocks;
    }
  }
  double bits = 0;
  for (const auto& of : counts) bits += entropy(of, blocks);
  return bits / (edge * edge);
}

}  // namespace atelier::appraise
