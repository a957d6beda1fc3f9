// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "atelier/image/palette_map.hpp"
#include "image/symmetric_matrix.hpp"

namespace atelier::image {
namespace {

constexpr int turns = 32;
constexpr int nodes = 33;            // of the grid, an axis
constexpr double least_width = 0.1;  // of the grid, an axis: cells below what can be told apart
constexpr double farther = 1e-3;     // weight of each wider blur beside the one before

using Colours = std::vector<Vector3>;

Colours vectors_of(std::span<const Oklab> colours) {
  Colours result;
  for (const Oklab& colour : colours) result.push_back({colour.L, colour.a, colour.b});
  return result;
}

/// Rotation `i`; the first is none. Quaternions evenly spread over the sphere (Shoemake, "Uniform
/// random rotations", 1992), from the additive sequence of Roberts, "The unreasonable effectiveness
/// of quasirandom sequences", 2018.
Matrix3 rotation(int i) {
  const auto part = [i](double step) { return std::fmod(i * step, 1.0); };
  const double u = part(0.8191725133961645), v = 2 * std::numbers::pi * part(0.6710436067037893),
               w = 2 * std::numbers::pi * part(0.5497004779019703);
  const double low = std::sqrt(u), high = std::sqrt(1 - u);
  const double x = low * std::sin(w), y = low * std::cos(w), z = high * std::sin(v),
               r = high * std::cos(v);
  return {1 - 2 * (y * y + z * z), 2 * (x * y - r * z),     2 * (x * z + r * y),
          2 * (x * y + r * z),     1 - 2 * (x * x + z * z), 2 * (y * z - r * x),
          2 * (x * z - r * y),     2 * (y * z + r * x),     1 - 2 * (x * x + y * y)};
}

/// The values along `axis`, in order; `order` says whose each is.
std::vector<double> sorted_along(const Vector3& axis, const Colours& colours,
                                 std::vector<std::size_t>& order) {
  std::vector<double> along;
  for (const Vector3& c : colours)
    along.push_back(axis[0] * c[0] + axis[1] * c[1] + axis[2] * c[2]);
  order.resize(colours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return along[a] < along[b]; });
  std::vector<double> sorted;
  for (const std::size_t i : order) sorted.push_back(along[i]);
  return sorted;
}

/// The value at rank `i` of `count`, of a sorted list of any length.
double at_rank(const std::vector<double>& sorted, std::size_t i, std::size_t count) {
  const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(count) *
                           static_cast<double>(sorted.size()) -
                       0.5;
  const double inside = std::clamp(place, 0.0, static_cast<double>(sorted.size() - 1));
  const auto below = static_cast<std::size_t>(inside);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], inside - static_cast<double>(below));
}

Colours transported(Colours colours, const Colours& to) {
  std::vector<std::size_t> order, unused;
  for (int turn = 0; turn < turns; ++turn) {
    const Matrix3 axes = rotation(turn);
    Colours moves(colours.size(), Vector3{});
    for (int row = 0; row < 3; ++row) {
      const Vector3 axis{axes[3 * row], axes[3 * row + 1], axes[3 * row + 2]};
      const std::vector<double> here = sorted_along(axis, colours, order),
                                there = sorted_along(axis, to, unused);
      for (std::size_t i = 0; i < here.size(); ++i) {
        const double move = at_rank(there, i, here.size()) - here[i];
        for (int c = 0; c < 3; ++c) moves[order[i]][c] += move * axis[c];
      }
    }
    for (std::size_t i = 0; i < colours.size(); ++i) {
      for (int c = 0; c < 3; ++c) colours[i][c] += moves[i][c];
    }
  }
  return colours;
}

/// Movements over a grid of colours.
class GridMap : public PaletteMap {
 public:
  GridMap(const Colours& from, const Colours& moved) {
    low_ = from.front();
    Vector3 high = low_;
    for (const Vector3& colour : from) {
      for (int c = 0; c < 3; ++c) {
        low_[c] = std::min(low_[c], colour[c]);
        high[c] = std::max(high[c], colour[c]);
      }
    }
    for (int c = 0; c < 3; ++c) {
      const double width = std::max(high[c] - low_[c], least_width);
      low_[c] -= (width - (high[c] - low_[c])) / 2;
      cell_[c] = width / (nodes - 1);
    }
    std::vector<Node> sums(nodes * nodes * nodes, Node{});
    for (std::size_t i = 0; i < from.size(); ++i) {
      around(from[i], [&](std::size_t node, double weight) {
        for (int c = 0; c < 3; ++c) sums[node][c] += weight * (moved[i][c] - from[i][c]);
        sums[node][3] += weight;
      });
    }
    moves_.assign(sums.size(), Node{});
    double weight = 1;
    // From one cell to all of the grid, each blur twice as wide as the one before.
    for (int spacing = 1; spacing < nodes; spacing *= 2) {
      blur(sums, spacing);
      for (std::size_t i = 0; i < sums.size(); ++i) {
        for (int c = 0; c < 4; ++c) moves_[i][c] += weight * sums[i][c];
      }
      weight *= farther;
    }
    for (Node& node : moves_) {
      for (int c = 0; c < 3; ++c) node[c] /= node[3];  // above 0: the widest blur reaches all nodes
    }
  }

  [[nodiscard]] Oklab operator()(const Oklab& colour) const override {
    Vector3 result{colour.L, colour.a, colour.b};
    around({colour.L, colour.a, colour.b}, [&](std::size_t node, double weight) {
      for (int c = 0; c < 3; ++c) result[c] += weight * moves_[node][c];
    });
    return {result[0], result[1], result[2]};
  }

 private:
  using Node = std::array<double, 4>;  ///< sum of movements and their weight

  /// The eight nodes about a colour, with weights that sum to 1; beyond the grid, of its border.
  template <class F>
  void around(const Vector3& colour, const F& f) const {
    std::array<int, 3> first{};
    Vector3 part{};
    for (int c = 0; c < 3; ++c) {
      const double place = std::clamp((colour[c] - low_[c]) / cell_[c], 0.0, nodes - 1.0);
      first[c] = std::min(static_cast<int>(place), nodes - 2);
      part[c] = place - first[c];
    }
    for (int corner = 0; corner < 8; ++corner) {
      double weight = 1;
      std::size_t node = 0;
      for (int c = 0; c < 3; ++c) {
        const int up = (corner >> c) & 1;
        weight *= up ? part[c] : 1 - part[c];
        node = node * nodes + static_cast<std::size_t>(first[c] + up);
      }
      f(node, weight);
    }
  }

  /// With 1 4 6 4 1 along each axis, so many cells apart: a Gaussian of deviation `spacing` cells,
  /// of what is smooth over as many.
  static void blur(std::vector<Node>& grid, int spacing) {
    static constexpr std::array<double, 5> taps{1.0 / 16, 4.0 / 16, 6.0 / 16, 4.0 / 16, 1.0 / 16};
    std::array<Node, nodes> line{};
    for (const int stride : {1, nodes, nodes * nodes}) {
      for (int start = 0; start < nodes * nodes * nodes; ++start) {
        if (start / stride % nodes != 0) continue;
        for (int i = 0; i < nodes; ++i) {
          line[i] = Node{};
          for (int tap = 0; tap < 5; ++tap) {
            const int j = i + (tap - 2) * spacing;
            if (j < 0 || j >= nodes) continue;
            for (int c = 0; c < 4; ++c) line[i][c] += taps[tap] * grid[start + j * stride][c];
          }
        }
        for (int i = 0; i < nodes; ++i) grid[start + i * stride] = line[i];
      }
    }
  }

  Vector3 low_{}, cell_{};
  std::vector<Node> moves_;
};

class Identity : public PaletteMap {
 public:
  [[nodiscard]] Oklab operator()(const Oklab& colour) const override { return colour; }
};

}  // namespace

std::unique_ptr<PaletteMap> transport_map(std::span<const Oklab> from, std::span<const Oklab> to) {
  if (from.empty() || to.empty()) return std::make_unique<Identity>();
  const Colours start = vectors_of(from);
  return std::make_unique<GridMap>(start, transported(start, vectors_of(to)));
}

}  // namespace atelier::image
