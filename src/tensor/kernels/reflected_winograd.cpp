// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/reflected_winograd.hpp"

#include <algorithm>

#include "tensor/kernels/product.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

/// How many tiles are taken through a layer together. Weights of wide layers are so many that
/// reading them takes longer than using them: there all workers share one large group.
struct Grouping {
  std::int64_t tiles;
  bool shared;
};

Grouping grouping(std::size_t inputs, std::size_t outputs, std::int64_t tiles) {
  constexpr std::int64_t largest_shared = 96, least = 12, most = 48;
  constexpr std::size_t wide = std::size_t{128} * 64;
  if (inputs * outputs >= wide) {
    const std::int64_t groups = (tiles + largest_shared - 1) / largest_shared;
    return {(tiles + groups - 1) / groups, true};
  }
  // So many that what they become stays in the cache, and that each worker has as many as others.
  constexpr std::size_t cached = 200'000;  // floats
  const auto fit = static_cast<std::int64_t>(cached / (frequencies * (inputs + outputs)));
  const std::int64_t even = (tiles + worker_count() - 1) / worker_count();
  const std::int64_t step =
      even < 2 * least ? least / 4 : least;  // rows that products take at once
  return {std::clamp(std::min(fit / least * least, (even + step - 1) / step * step), step, most),
          false};
}

TileSource plain_tile(const Part& in, int y, int x) {
  TileSource source;
  const Activations& a = in.values;
  const int top = y - 1 - in.top, left = x - 1 - in.left;
  const bool inside = y > 0 && x > 0 && y - 1 + tile_reach <= in.height &&
                      x - 1 + tile_reach <= in.width && top + tile_reach <= a.height &&
                      left + tile_reach <= a.width;
  std::size_t k = 0;
  for (int i = 0; i < tile_reach; ++i) {
    for (int j = 0; j < tile_reach; ++j, ++k) {
      source.pixels[k] = inside ? a.at(top + i, left + j) : in.reflected(y - 1 + i, x - 1 + j);
    }
  }
  return source;
}

/// The enlarged positions from `begin` on, along one edge of `length` positions before; `first`:
/// the position that the first of the six is.
void lie_between(int begin, int length, int first,
                 std::array<EnlargedTile::Between, tile_reach>& to) {
  for (int i = 0; i < tile_reach; ++i) {
    const int at = reflected_at(begin + i, 2 * length);
    const int before = (at + 1) / 2 - 1;  // -1: the first's value, repeated
    const auto place = [&](int position) {
      return std::clamp(position - first, 0, EnlargedTile::reach - 1);
    };
    to[static_cast<std::size_t>(i)] = {place(before), place(before + 1),
                                       at % 2 == 0 ? 0.75F : 0.25F};
  }
}

EnlargedTile enlarged_tile(const Part& in, int y, int x) {
  EnlargedTile tile;
  const int top = y / 2 - 1, left = x / 2 - 1;  // of what the enlarged row y - 1 lies between
  std::size_t k = 0;
  for (int i = top; i < top + EnlargedTile::reach; ++i) {
    for (int j = left; j < left + EnlargedTile::reach; ++j, ++k) {
      tile.pixels[k] =
          in.values.at(std::clamp(i, 0, in.height - 1), std::clamp(j, 0, in.width - 1));
    }
  }
  lie_between(y - 1, in.height, top, tile.rows);
  lie_between(x - 1, in.width, left, tile.columns);
  return tile;
}

}  // namespace

ReflectedWinograd::ReflectedWinograd(const float* weight, const float* bias, std::size_t inputs,
                                     std::size_t outputs)
    : inputs_(inputs), outputs_(outputs), bias_(padded(outputs)) {
  if (bias) std::copy_n(bias, outputs, bias_.data());
  const std::size_t panels = padded(outputs) / block, u_step = panels * inputs * block;
  transformed_.reserve(frequencies * u_step);
  parallel_for(static_cast<std::int64_t>(inputs), [&](std::int64_t item, int) {
    const auto i = static_cast<std::size_t>(item);
    alignas(64) float taps[9 * block];
    for (std::size_t panel = 0; panel < panels; ++panel) {
      const std::size_t first = panel * block, count = std::min(block, outputs - first);
      std::fill_n(taps, 9 * block, 0.0F);
      for (std::size_t o = 0; o < count; ++o) {
        const float* from = weight + ((first + o) * inputs + i) * 9;
        for (std::size_t k = 0; k < 9; ++k) taps[k * block + o] = from[k];
      }
      winograd_filters(taps, transformed_.data() + (panel * inputs + i) * block, u_step);
    }
  });
}

template <class Input>
void ReflectedWinograd::forward_from(const Input& input, Finish finish, const Part& out,
                                     const Region& where, Workspace& workspace) const {
  const int columns = (where.right - where.left + tile_edge - 1) / tile_edge;
  const int rows = (where.bottom - where.top + tile_edge - 1) / tile_edge;
  const std::int64_t tiles = static_cast<std::int64_t>(columns) * rows;
  const std::size_t k = padded(inputs_), n = padded(outputs_);
  const auto [together, shared] = grouping(k, n, tiles);
  // Sixteen floats more keep the frequencies of a tile out of each other's cache sets.
  const std::size_t v_step = static_cast<std::size_t>(together) * k + block;
  const std::size_t m_step = static_cast<std::size_t>(together) * n + block;
  const auto workers = shared ? 1 : static_cast<std::size_t>(worker_count());
  workspace.input.reserve(workers * frequencies * v_step);
  workspace.output.reserve(workers * frequencies * m_step);
  const std::size_t u_step = n * inputs_;

  const auto take = [&](std::int64_t group, std::size_t owner, const auto& each) {
    float* v = workspace.input.data() + owner * frequencies * v_step;
    float* m = workspace.output.data() + owner * frequencies * m_step;
    const std::int64_t first = group * together, count = std::min(together, tiles - first);
    const auto y = [&](std::int64_t i) {
      return where.top + static_cast<int>((first + i) / columns) * tile_edge;
    };
    const auto x = [&](std::int64_t i) {
      return where.left + static_cast<int>((first + i) % columns) * tile_edge;
    };
    each(count, [&](std::int64_t i, int) {
      input(y(i), x(i), k / block, v + static_cast<std::size_t>(i) * k, v_step);
    });
    each(static_cast<std::int64_t>(frequencies), [&](std::int64_t frequency, int) {
      const auto f = static_cast<std::size_t>(frequency);
      multiply({v + f * v_step, k, 1}, static_cast<std::size_t>(count), inputs_,
               {transformed_.data() + f * u_step, inputs_ * block}, n / block, m + f * m_step, n,
               false);
    });
    each(count, [&](std::int64_t i, int) {
      const TileTarget target{
          &out.values,    nullptr,         bias_.data(),           finish,
          y(i) - out.top, x(i) - out.left, where.bottom - out.top, where.right - out.left};
      winograd_output(target, n / block, m + static_cast<std::size_t>(i) * n, m_step);
    });
  };
  const auto alone = [](std::int64_t count, const auto& body) {
    for (std::int64_t i = 0; i < count; ++i) body(i, 0);
  };
  const auto everyone = [](std::int64_t count, const auto& body) { parallel_for(count, body); };
  const std::int64_t groups = (tiles + together - 1) / together;
  if (shared) {
    for (std::int64_t g = 0; g < groups; ++g) take(g, 0, everyone);
  } else {
    parallel_for(groups, [&](std::int64_t g, int worker) {
      take(g, static_cast<std::size_t>(worker), alone);
    });
  }
}

void ReflectedWinograd::forward(const Part& in, Finish finish, const Part& out, const Region& where,
                                Workspace& workspace) const {
  const auto input = [&](int y, int x, std::size_t blocks, float* v, std::size_t v_step) {
    winograd_input(plain_tile(in, y, x), blocks, v, v_step);
  };
  forward_from(input, finish, out, where, workspace);
}

void ReflectedWinograd::forward_enlarged(const Part& in, Finish finish, const Part& out,
                                         const Region& where, Workspace& workspace) const {
  const auto input = [&](int y, int x, std::size_t blocks, float* v, std::size_t v_step) {
    winograd_enlarged_input(enlarged_tile(in, y, x), blocks, v, v_step);
  };
  forward_from(input, finish, out, where, workspace);
}

}  // namespace atelier::tensor
