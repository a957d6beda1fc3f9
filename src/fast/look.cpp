// SPDX-License-Identifier: Apache-2.0
#include "fast/look.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "atelier/base/error.hpp"
#include "fast/grain.hpp"
#include "fast/look_engine.hpp"
#include "nets/image_tensor.hpp"
#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

constexpr int least_edge = 16;
constexpr int grid = grid_edge;  // px between positions of the coarsest resolution

int up_to_grid(int length) {
  return (length + grid - 1) / grid * grid;
}

/// Where a tile's core and what it sees begin and end, along one edge.
struct Span {
  std::int64_t begin, end, seen_begin, seen_end;
};
/// `count` tiles of about one length, which see `halo` px around their cores.
std::vector<Span> spans(std::int64_t length, std::int64_t count, int halo) {
  std::vector<Span> all;
  const std::int64_t cells = length / grid;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t begin = cells * i / count * grid, end = cells * (i + 1) / count * grid;
    all.push_back(
        {begin, end, std::max<std::int64_t>(0, begin - halo), std::min(length, end + halo)});
  }
  return all;
}

/// Tiles along both edges of a picture whose edges lie on the grid.
struct Tiling {
  std::int64_t rows = 1, columns = 1;
};

/// So few that one takes less than half a gigabyte, at PaintEngine's bytes a pixel.
Tiling fitting_tiling(std::int64_t height, std::int64_t width, int halo) {
  Tiling tiling;
  const auto seen = [&](std::int64_t length, std::int64_t count) {
    return count == 1 ? length : std::min(length, (length + count - 1) / count + 2 * halo);
  };
  while (seen(height, tiling.rows) * seen(width, tiling.columns) > most_fitting_pixels) {
    const bool taller = height * tiling.columns > width * tiling.rows;
    ++(taller ? tiling.rows : tiling.columns);
  }
  return tiling;
}

Tiling tiling_for(const at::Tensor& whole, int tile, int halo) {
  const std::int64_t height = whole.size(2), width = whole.size(3);
  if (tile == fitting_tile) return fitting_tiling(height, width, halo);
  if (tile == 0) return {};
  return {(height + tile - 1) / tile, (width + tile - 1) / tile};
}

/// A picture's memory as a tensor, which reads it alone.
at::Tensor view_of(const image::Image& picture) {
  if (picture.rgb.size() != picture.pixels() * 3) return nets::to_tensor(picture);  // which says so
  const std::int64_t height = picture.height, width = picture.width;
  return at::from_blob(const_cast<float*>(picture.rgb.data()), {1, 3, height, width},
                       {3 * height * width, 1, 3 * width, 3}, at::kFloat);
}

/// Puts a tile's core, clamped, to its place.
void take_over(const at::Tensor& tile, const Span& y, const Span& x, image::Image& to) {
  const at::Tensor rgb = tile.contiguous(at::MemoryFormat::ChannelsLast);
  const auto* values = rgb.data_ptr<float>();
  const std::int64_t tile_row = 3 * rgb.size(3), row = std::int64_t{3} * to.width;
  const std::int64_t end_y = std::min<std::int64_t>(y.end, to.height),
                     end_x = std::min<std::int64_t>(x.end, to.width);
  tensor::parallel_for(end_y - y.begin, [&](std::int64_t i, int) {
    const float* from =
        values + (y.begin - y.seen_begin + i) * tile_row + 3 * (x.begin - x.seen_begin);
    float* into = to.rgb.data() + (y.begin + i) * row + 3 * x.begin;
    for (std::int64_t k = 0; k < 3 * (end_x - x.begin); ++k) {
      into[k] = std::clamp(from[k], 0.0F, 1.0F);
    }
  });
}

/// Means and deviations of all layers.
LayerNorms norms_in(const Architecture& architecture, const train::Parameters& parameters,
                    const Modulations& modulations, const ColourMap& colours,
                    const at::Tensor& rgb) {
  const at::Tensor photo = with_grain(architecture, rgb, {Place{}});
  if (rgb.device().is_cpu()) {
    return norms_of(architecture, parameters, modulations, colours, photo);
  }
  LayerNorms norms;
  const at::Tensor moved = apply(colours, rgb).contiguous(at::MemoryFormat::ChannelsLast);
  static_cast<void>(
      Network(architecture, parameters).paint(photo, moved, modulations, nullptr, &norms));
  return norms;
}

}  // namespace

void check_edges(const image::Image& picture) {
  if (picture.width >= least_edge && picture.height >= least_edge) return;
  fail(ErrorKind::invalid_argument, "a picture of {} x {} px is too small; each edge needs {} px.",
       picture.width, picture.height, least_edge);
}

at::Tensor on_grid(const at::Tensor& rgb) {
  const auto height = static_cast<int>(rgb.size(2)), width = static_cast<int>(rgb.size(3));
  const int below = up_to_grid(height) - height, right = up_to_grid(width) - width;
  const at::Tensor whole =
      below + right > 0 ? at::reflection_pad2d(rgb, {0, right, 0, below}) : rgb;
  return whole.contiguous(at::MemoryFormat::ChannelsLast);
}

Look make_look(const Architecture& architecture, const train::Parameters& parameters,
               const Modulations& modulations, const ColourMap& colours, const at::Tensor& rgb) {
  const image::Size size{static_cast<int>(rgb.size(3)), static_cast<int>(rgb.size(2))};
  const bool large = std::max(size.width, size.height) > norm_edge;
  const at::Tensor seen =
      on_grid(large ? nets::resize(rgb, image::fit_long_edge(size, norm_edge)) : rgb);
  const LayerNorms norms = norms_in(architecture, parameters, modulations, colours, seen);
  return Look(std::make_shared<Look::Content>(
      Look::Content{architecture, rgb.device(),
                    FoldedNetwork(architecture, parameters, modulations, norms, colours)}));
}

image::Image Look::paint(const image::Image& photo, int tile, Place place) const {
  check_edges(photo);
  if (tile != fitting_tile && (tile < 0 || tile % grid != 0)) {
    fail(ErrorKind::invalid_argument, "tiles of {} px are no multiple of {} px.", tile, grid);
  }
  const at::NoGradGuard no_gradient;
  const auto& [architecture, device, network] = *content_;
  const int halo = this->halo();
  const at::Tensor whole = on_grid(view_of(photo).to(device));
  image::Image result;
  result.width = photo.width;
  result.height = photo.height;
  result.rgb.resize(photo.rgb.size());
  const Tiling tiling = tiling_for(whole, tile, halo);
  for (const Span& y : spans(whole.size(2), tiling.rows, halo)) {
    for (const Span& x : spans(whole.size(3), tiling.columns, halo)) {
      const at::Tensor seen = whole.narrow(2, y.seen_begin, y.seen_end - y.seen_begin)
                                  .narrow(3, x.seen_begin, x.seen_end - x.seen_begin);
      const Place there{place.top + static_cast<int>(y.seen_begin),
                        place.left + static_cast<int>(x.seen_begin)};
      const at::Tensor part = network.paint(with_grain(architecture, seen, {there}));
      take_over(part.to(at::kCPU), y, x, result);
    }
  }
  result.alpha = photo.alpha;
  result.bits = photo.bits;
  return result;
}

int Look::halo() const noexcept {
  return up_to_grid(reach(content_->architecture));
}

}  // namespace atelier::fast
