// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/winograd.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

/// G, whose row for the point 1/p is that for p in reverse.
constexpr double filter_points[tile_reach][3] = {
    {1, 0, 0},
    {-2.0 / 9, -2.0 / 9, -2.0 / 9},
    {-2.0 / 9, 2.0 / 9, -2.0 / 9},
    {1.0 / 90, 1.0 / 45, 2.0 / 45},
    {1.0 / 90, -1.0 / 45, 2.0 / 45},
    {2.0 / 45, 1.0 / 45, 1.0 / 90},
    {2.0 / 45, -1.0 / 45, 1.0 / 90},
    {0, 0, 1},
};

/// Where the inverse of a point stands.
constexpr std::array<std::size_t, tile_reach> inverse_point{7, 1, 2, 5, 6, 3, 4, 0};

constexpr std::size_t turned_frequency(std::size_t frequency) {
  return inverse_point[frequency / tile_reach] * tile_reach + inverse_point[frequency % tile_reach];
}

/// U = G g G^T.
void transform_filter(const float* g, double* u) {
  double half[tile_reach][3];
  for (int i = 0; i < tile_reach; ++i) {
    for (int j = 0; j < 3; ++j) {
      half[i][j] = filter_points[i][0] * g[j] + filter_points[i][1] * g[3 + j] +
                   filter_points[i][2] * g[6 + j];
    }
  }
  for (int i = 0; i < tile_reach; ++i) {
    for (int j = 0; j < tile_reach; ++j) {
      u[i * tile_reach + j] = half[i][0] * filter_points[j][0] + half[i][1] * filter_points[j][1] +
                              half[i][2] * filter_points[j][2];
    }
  }
}

/// Weights so large that a second, turned copy would cost more memory than turning costs time.
constexpr std::size_t largest_turned = std::size_t{128} * 256;

/// How many tiles are taken through a layer together: as many as make its products efficient and
/// leave them in the cache. Wide layers have so many weights that all workers share one group.
struct Grouping {
  std::int64_t tiles;
  bool shared;
};

Grouping grouping(std::size_t inputs, std::size_t outputs, std::int64_t tiles) {
  const std::size_t widest = std::max(inputs, outputs);
  if (widest >= 512) return {std::min<std::int64_t>(tiles, 132), true};
  if (widest >= 256) return {std::min<std::int64_t>(tiles, 96), true};
  // Small pictures are divided so that each worker has some.
  constexpr std::int64_t most = 48, least = 12;
  const std::int64_t even = (tiles + worker_count() - 1) / worker_count();
  return {std::clamp((even + least - 1) / least * least, least, most), false};
}

bool pools(Finish finish) {
  return finish == Finish::relu_max || finish == Finish::relu_average;
}

/// The positions of a layer as tiles.
struct Grid {
  int height, width;

  [[nodiscard]] int columns() const { return (width + tile_edge - 1) / tile_edge; }
  [[nodiscard]] std::int64_t tiles() const {
    return static_cast<std::int64_t>(columns()) * ((height + tile_edge - 1) / tile_edge);
  }
  [[nodiscard]] int y(std::int64_t tile) const {
    return static_cast<int>(tile / columns()) * tile_edge;
  }
  [[nodiscard]] int x(std::int64_t tile) const {
    return static_cast<int>(tile % columns()) * tile_edge;
  }
};

/// What a tile reads: activations, or a gradient seen through a mask and a pooling.
class Reader {
 public:
  Reader(const Activations& from, Grid grid) : from_(from), grid_(grid), zeros_(from.stride) {}
  Reader(const Activations& gradient, const Mask& mask, Finish finish, Grid grid)
      : from_(gradient),
        grid_(grid),
        mask_(&mask),
        shift_(pools(finish) ? 1 : 0),
        scale_(finish == Finish::relu_average ? 0.25F : 1.0F),
        zeros_(gradient.stride) {}

  [[nodiscard]] TileSource tile(std::int64_t tile) const {
    TileSource source;
    source.masked = mask_ != nullptr;
    source.scale = scale_;
    const int top = grid_.y(tile) - 1, left = grid_.x(tile) - 1;
    std::size_t k = 0;
    for (int y = top; y < top + tile_reach; ++y) {
      const bool inside = y >= 0 && (y >> shift_) < from_.height;
      for (int x = left; x < left + tile_reach; ++x, ++k) {
        const bool there = inside && x >= 0 && (x >> shift_) < from_.width;
        source.pixels[k] = there ? from_.at(y >> shift_, x >> shift_) : zeros_.data();
        if (mask_) source.masks[k] = there ? mask_->at(y, x) : mask_->data;
      }
    }
    return source;
  }

 private:
  const Activations& from_;
  Grid grid_;
  const Mask* mask_ = nullptr;
  int shift_ = 0;
  float scale_ = 1;
  Buffer<float> zeros_;
};

using Multiply =
    std::function<void(std::size_t frequency, const float* v, std::size_t rows, float* m)>;

/// Takes every tile from `reader` through `multiply` to `target`, in groups.
void convolve(const Reader& reader, std::size_t inputs, std::size_t outputs, Grid grid,
              const Multiply& multiply, const TileTarget& target, Workspace& workspace) {
  const std::int64_t tiles = grid.tiles();
  const Grouping group = grouping(inputs, outputs, tiles);
  // Sixteen floats more keep the frequencies of a tile out of each other's cache sets.
  const std::size_t v_step = static_cast<std::size_t>(group.tiles) * inputs + block;
  const std::size_t m_step = static_cast<std::size_t>(group.tiles) * outputs + block;
  const std::size_t sharers = group.shared ? 1 : static_cast<std::size_t>(worker_count());
  workspace.input.reserve(sharers * frequencies * v_step);
  workspace.output.reserve(sharers * frequencies * m_step);

  const auto take = [&](std::int64_t first, int owner, const auto& each) {
    const auto owned = static_cast<std::size_t>(owner);
    float* v = workspace.input.data() + owned * frequencies * v_step;
    float* m = workspace.output.data() + owned * frequencies * m_step;
    const std::int64_t count = std::min(group.tiles, tiles - first);
    each(count, [&](std::int64_t i, int) {
      winograd_input(reader.tile(first + i), inputs / block,
                     v + static_cast<std::size_t>(i) * inputs, v_step);
    });
    each(static_cast<std::int64_t>(frequencies), [&](std::int64_t f, int) {
      const auto frequency = static_cast<std::size_t>(f);
      multiply(frequency, v + frequency * v_step, static_cast<std::size_t>(count),
               m + frequency * m_step);
    });
    each(count, [&](std::int64_t i, int) {
      TileTarget tile = target;
      tile.y = grid.y(first + i);
      tile.x = grid.x(first + i);
      winograd_output(tile, outputs / block, m + static_cast<std::size_t>(i) * outputs, m_step);
    });
  };
  const auto alone = [](std::int64_t count, const auto& body) {
    for (std::int64_t i = 0; i < count; ++i) body(i, 0);
  };
  const auto together = [](std::int64_t count, const auto& body) { parallel_for(count, body); };

  const std::int64_t groups = (tiles + group.tiles - 1) / group.tiles;
  if (group.shared) {
    for (std::int64_t g = 0; g < groups; ++g) take(g * group.tiles, 0, together);
  } else {
    parallel_for(groups, [&](std::int64_t g, int worker) { take(g * group.tiles, worker, alone); });
  }
}

}  // namespace

WinogradConvolution::WinogradConvolution(const float* weight, const float* bias, std::size_t inputs,
                                         std::size_t outputs)
    : inputs_(inputs), outputs_(outputs), bias_(padded(outputs)) {
  std::copy_n(bias, outputs, bias_.data());
  const std::size_t k = padded(inputs), n = padded(outputs);
  transformed_.reserve(frequencies * k * n);
  if (k * n <= largest_turned) turned_.reserve(frequencies * k * n);
  // A column block at a time, so that whole cache lines are written.
  parallel_for(static_cast<std::int64_t>(n / block), [&](std::int64_t panel, int) {
    const std::size_t first = static_cast<std::size_t>(panel) * block;
    double u[block][frequencies];
    for (std::size_t i = 0; i < inputs; ++i) {
      const std::size_t count = std::min(block, outputs - first);
      for (std::size_t o = 0; o < count; ++o) {
        transform_filter(weight + ((first + o) * inputs + i) * 9, u[o]);
      }
      for (std::size_t f = 0; f < frequencies; ++f) {
        float* line = transformed_.data() + (f * n + first) * k + i * block;
        for (std::size_t o = 0; o < count; ++o) line[o] = static_cast<float>(u[o][f]);
        if (turned_.size() == 0) continue;
        float* column =
            turned_.data() + turned_frequency(f) * k * n + i / block * n * block + i % block;
        for (std::size_t o = 0; o < count; ++o) {
          column[(first + o) * block] = static_cast<float>(u[o][f]);
        }
      }
    }
  });
}

FrequencyWeights WinogradConvolution::weights(std::size_t frequency, bool turned) const {
  const std::size_t k = padded(inputs_), n = padded(outputs_), size = k * n;
  if (!turned) return {transformed_.data() + frequency * size, k, n, false};
  if (turned_.size() != 0) return {turned_.data() + frequency * size, n, k, false};
  return {transformed_.data() + turned_frequency(frequency) * size, k, n, true};
}

void WinogradConvolution::forward(const Activations& in, Finish finish, const Activations& out,
                                  const Mask* mask, Workspace& workspace) const {
  const Grid grid{in.height, in.width};
  const TileTarget target{&out, mask, bias_.data(), finish, 0, 0, in.height, in.width};
  const auto multiply = [&](std::size_t f, const float* v, std::size_t rows, float* m) {
    winograd_multiply(v, rows, weights(f, false), m);
  };
  convolve(Reader(in, grid), padded(inputs_), padded(outputs_), grid, multiply, target, workspace);
}

void WinogradConvolution::backward(const Activations& out_gradient, Finish finish, const Mask& mask,
                                   const Activations& in_gradient, bool add,
                                   Workspace& workspace) const {
  const Grid grid{in_gradient.height, in_gradient.width};
  const TileTarget target{&in_gradient, nullptr,   nullptr, add ? Finish::add : Finish::plain, 0, 0,
                          grid.height,  grid.width};
  const auto multiply = [&](std::size_t f, const float* v, std::size_t rows, float* m) {
    winograd_multiply(v, rows, weights(f, true), m);
  };
  convolve(Reader(out_gradient, mask, finish, grid), padded(outputs_), padded(inputs_), grid,
           multiply, target, workspace);
}

}  // namespace atelier::tensor
