// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/painter.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <mutex>
#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "fast/folded_network.hpp"
#include "fast/grain.hpp"
#include "fast/look_engine.hpp"
#include "fast/model.hpp"
#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/tiled_pass.hpp"
#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

constexpr int least_edge = 16;
constexpr int grid = grid_edge;  // px between positions of the coarsest resolution
constexpr int studied_tile = 1536;
constexpr std::size_t most_known = 32;

void check_edges(const image::Image& picture) {
  if (picture.width >= least_edge && picture.height >= least_edge) return;
  fail(ErrorKind::invalid_argument, "a picture of {} x {} px is too small; each edge needs {} px.",
       picture.width, picture.height, least_edge);
}

int up_to_grid(int length) {
  return (length + grid - 1) / grid * grid;
}

/// Whole cells of the grid, what is added reflected.
at::Tensor on_grid(const at::Tensor& rgb) {
  const auto height = static_cast<int>(rgb.size(2)), width = static_cast<int>(rgb.size(3));
  const int below = up_to_grid(height) - height, right = up_to_grid(width) - width;
  const at::Tensor whole =
      below + right > 0 ? at::reflection_pad2d(rgb, {0, right, 0, below}) : rgb;
  return whole.contiguous(at::MemoryFormat::ChannelsLast);
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

}  // namespace

struct Style::Content {
  StyleStatistics statistics;
  at::Tensor painting;  ///< for the plain form
};

struct Painter::Parts {
  nets::FeatureNet vgg;
  Model model;
  Network network;
  at::Device device;
  mutable std::mutex known_mutex;
  mutable std::deque<std::pair<std::string, Style>> known;  // by the digest of their pixels

  Parts(const std::filesystem::path& path, nets::FeatureNet net, at::Device where)
      : vgg(std::move(net)),
        model(load_model(path, where)),
        network(model.network()),
        device(where) {}

  [[nodiscard]] StyleStatistics statistics(const at::Tensor& rgb) const {
    std::vector<std::string> layers;
    for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
    style::TiledPass pass(vgg.network(), layers,
                          nets::make_pass(vgg.network(), layers, rgb.options()), studied_tile);
    return style_statistics(pass.moments(rgb), colours_of(rgb));
  }

  [[nodiscard]] LayerNorms norms(const at::Tensor& rgb, const Modulations& modulations,
                                 const ColourMap& colours) const {
    const at::Tensor photo = with_grain(model.architecture, rgb, {Place{}});
    if (device.is_cpu()) {
      return norms_of(model.architecture, *model.parameters, modulations, colours, photo);
    }
    LayerNorms norms;
    const at::Tensor moved = apply(colours, rgb).contiguous(at::MemoryFormat::ChannelsLast);
    static_cast<void>(network.paint(photo, moved, modulations, nullptr, &norms));
    return norms;
  }

  [[nodiscard]] at::Tensor code(const StyleStatistics& style) const {
    const StyleBatch batch = style_batch({&style}, model.standard, device);
    return network.code(batch.levels, batch.correlations);
  }
};

Painter::Painter(const std::filesystem::path& model, const nets::FeatureNet& vgg,
                 const std::string& device)
    : parts_(std::make_unique<Parts>(model, vgg, at::Device(device))) {}

Painter::~Painter() = default;

const std::string& Painter::digest() const noexcept {
  return parts_->model.digest;
}

int Painter::halo() const noexcept {
  return up_to_grid(reach(parts_->model.architecture));
}

Style Painter::study(const image::Image& painting) const {
  check_edges(painting);
  const std::string name =
      fmt::format("{} {}", painting.width, sha256(std::as_bytes(std::span(painting.rgb))));
  const std::lock_guard lock(parts_->known_mutex);
  for (const auto& [known, style] : parts_->known) {
    if (known == name) return style;
  }
  const at::NoGradGuard no_gradient;
  const at::Tensor rgb = nets::to_tensor(painting, parts_->device);
  auto content = std::make_shared<Style::Content>();
  content->statistics = parts_->statistics(rgb);
  if (!parts_->model.architecture.modulated) content->painting = on_grid(rgb);
  parts_->known.emplace_front(name, Style(std::move(content)));
  if (parts_->known.size() > most_known) parts_->known.pop_back();
  return parts_->known.front().second;
}

namespace {

/// Weights that sum to 1.
std::vector<double> shares(const std::vector<BlendedStyle>& styles) {
  double sum = 0;
  for (const BlendedStyle& style : styles) {
    if (!(style.weight >= 0) || !std::isfinite(style.weight)) {
      fail(ErrorKind::invalid_argument, "a style's weight is {}; it must be 0 or more.",
           style.weight);
    }
    sum += style.weight;
  }
  if (sum <= 0) fail(ErrorKind::invalid_argument, "no style has a weight above 0.");
  std::vector<double> result;
  for (const BlendedStyle& style : styles) result.push_back(style.weight / sum);
  return result;
}

void add(ColourMap& to, const ColourMap& map, double weight) {
  for (std::size_t i = 0; i < 9; ++i) to.matrix[i] += weight * map.matrix[i];
  for (std::size_t i = 0; i < 3; ++i) to.offset[i] += weight * map.offset[i];
}

}  // namespace

struct Look::Content {
  FoldedNetwork network;
  int halo;
};

Look Painter::look(const image::Image& like, const std::vector<BlendedStyle>& styles,
                   double strength) const {
  check_edges(like);
  if (!(strength >= 0 && strength <= 1)) {
    fail(ErrorKind::invalid_argument, "a strength of {} is outside of 0..1.", strength);
  }
  const at::NoGradGuard no_gradient;
  const std::vector<double> weights = shares(styles);
  const at::Tensor rgb = nets::to_tensor(like, parts_->device);
  const Colours colours = colours_of(rgb);
  const bool modulated = parts_->model.architecture.modulated;

  ColourMap map{};
  map.matrix = {};
  at::Tensor code;
  Modulations modulations;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const Style::Content& style = styles[i].style.content();
    if (!modulated) {
      modulations = parts_->network.adapted_modulations(style.painting);
      continue;
    }
    add(map, colour_map(colours, style.statistics.colours), weights[i] * strength);
    const at::Tensor part = parts_->code(style.statistics) * (weights[i] * strength);
    code = code.defined() ? code + part : part;
  }
  if (!modulated) add(map, ColourMap{}, 1);
  if (modulated && strength < 1) {
    add(map, ColourMap{}, 1 - strength);
    code += parts_->code(parts_->statistics(rgb)) * (1 - strength);
  }
  if (modulated) modulations = parts_->network.modulations(code);

  const image::Size size{like.width, like.height};
  const bool large = std::max(size.width, size.height) > norm_edge;
  const at::Tensor seen =
      on_grid(large ? nets::resize(rgb, image::fit_long_edge(size, norm_edge)) : rgb);
  const LayerNorms norms = parts_->norms(seen, modulations, map);
  return Look(std::make_shared<Look::Content>(Look::Content{
      FoldedNetwork(parts_->model.architecture, *parts_->model.parameters, modulations, norms, map),
      up_to_grid(reach(parts_->model.architecture))}));
}

image::Image Painter::paint(const image::Image& photo, const Look& look, int tile,
                            Place place) const {
  check_edges(photo);
  if (tile != fitting_tile && (tile < 0 || tile % grid != 0)) {
    fail(ErrorKind::invalid_argument, "tiles of {} px are no multiple of {} px.", tile, grid);
  }
  const at::NoGradGuard no_gradient;
  const auto& [network, halo] = look.content();
  const at::Tensor whole = on_grid(view_of(photo).to(parts_->device));
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
      const at::Tensor part = network.paint(with_grain(parts_->model.architecture, seen, {there}));
      take_over(part.to(at::kCPU), y, x, result);
    }
  }
  result.alpha = photo.alpha;
  result.bits = photo.bits;
  return result;
}

image::Image Painter::paint(const image::Image& photo, const std::vector<BlendedStyle>& styles,
                            const PaintOptions& options) const {
  return paint(photo, look(photo, styles, options.strength), options.tile);
}

}  // namespace atelier::fast
