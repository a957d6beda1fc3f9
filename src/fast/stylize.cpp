// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/stylize.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "atelier/image/file.hpp"
#include "nets/image_tensor.hpp"
#include "style/colour/colouring.hpp"
#include "style/guides.hpp"

namespace atelier::fast {
namespace {

constexpr int least_edge = 16;  // px

int tile_for(const style::StylizeOptions& options) {
  if (options.tile == style::tile_off) return 0;
  if (options.tile == style::tile_auto) return fitting_tile;
  return (options.tile + grid_edge - 1) / grid_edge * grid_edge;
}

image::Size size_of(const image::Image& picture) {
  return {picture.width, picture.height};
}

/// What the network is to see of content and styles: their colours as the options ask for.
style::StylizePictures coloured(image::Image content, std::vector<image::Image> styles,
                                const style::StylizeOptions& options) {
  style::StylizePictures seen;
  seen.content = std::move(content);
  seen.styles = std::move(styles);
  static_cast<void>(style::Colouring(options, seen));
  return seen;
}

std::vector<Look> looks_of(const Painter& painter, const style::StylizePictures& seen,
                           const std::vector<style::StyleRegion>& regions, double strength) {
  std::vector<Style> styles;
  for (const image::Image& style : seen.styles) styles.push_back(painter.study(style));
  std::vector<Look> looks;
  for (const style::StyleRegion& region : regions) {
    std::vector<BlendedStyle> blend;
    for (const auto& [style, weight] : region.styles) blend.push_back({styles[style], weight});
    looks.push_back(painter.look(seen.content, blend, strength));
  }
  return looks;
}

/// The content alone as the network is to see it, and its colours back afterwards.
class PartColours {
 public:
  PartColours(const style::StylizeOptions& options, image::Image& part) {
    if (style::colouring_pictures(options) == 0) return;
    style::StylizePictures alone;
    alone.content = std::move(part);
    colouring_.emplace(options, alone);
    part = std::move(alone.content);
  }
  [[nodiscard]] image::Image finished(image::Image painted) const {
    return colouring_ ? colouring_->finished(nets::to_tensor(painted)) : std::move(painted);
  }

 private:
  std::optional<style::Colouring> colouring_;
};

}  // namespace

image::Size whole_size(image::Size content) {
  if (std::max(content.width, content.height) <= norm_edge) return content;
  const image::Size size = image::fit_long_edge(content, norm_edge);
  return {std::max(size.width, least_edge), std::max(size.height, least_edge)};
}

int style_edge(const style::StylizeOptions& options, image::Size content) {
  const double edge = std::min(std::max(content.width, content.height), studied_edge);
  const double scaled = std::min(edge * options.style_scale, 2.0 * studied_edge);
  return std::max(least_edge, static_cast<int>(std::lround(scaled)));
}

Look look_of(const Painter& painter, image::Image whole, std::vector<image::Image> styles,
             const style::StylizeOptions& options) {
  style::check_options(options, styles.size());
  const std::vector<style::StyleRegion> regions =
      style::style_regions(styles.size(), options.blend, {}, options.protect_strength);
  return looks_of(painter, coloured(std::move(whole), std::move(styles), options), regions,
                  options.strength)
      .front();
}

image::Image paint_part(const Look& look, image::Image part, const style::StylizeOptions& options,
                        int tile, Place place) {
  const int bits = part.bits;
  std::vector<float> alpha = std::exchange(part.alpha, {});
  const PartColours colours(options, part);
  image::Image painted = colours.finished(look.paint(part, tile, place));
  painted.alpha = std::move(alpha);
  painted.bits = bits;
  return painted;
}

image::Image stylize(const Painter& painter, style::StylizePictures pictures,
                     const style::StylizeOptions& options, std::vector<Look>* looks) {
  style::check_options(options, pictures.styles.size());
  const at::NoGradGuard no_gradient;
  const std::vector<style::StyleRegion> regions =
      style::style_regions(pictures.styles.size(), options.blend,
                           style::to_tensors(pictures.masks, at::kCPU), options.protect_strength);
  std::vector<Look> own;
  std::vector<Look>& kept = looks ? *looks : own;
  if (kept.size() != regions.size()) {
    image::Image whole = image::resize(pictures.content, whole_size(size_of(pictures.content)));
    kept = looks_of(painter, coloured(std::move(whole), std::move(pictures.styles), options),
                    regions, options.strength);
  }
  if (regions.size() == 1 && !regions.front().guide.picture.defined()) {
    return paint_part(kept.front(), std::move(pictures.content), options, tile_for(options));
  }

  std::vector<float> alpha = std::exchange(pictures.content.alpha, {});
  const int bits = pictures.content.bits;
  const PartColours colours(options, pictures.content);
  const at::Tensor photo = nets::to_tensor(pictures.content);
  at::Tensor painted = photo;  // what masks leave to no style
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const at::Tensor one = nets::to_tensor(kept[i].paint(pictures.content, tile_for(options)));
    const at::Tensor& where = regions[i].guide.picture;
    if (!where.defined()) {
      painted = one;
    } else {
      if (painted.is_same(photo)) painted = photo.clone();
      painted.add_((one - photo).mul_(where));
    }
  }
  image::Image result = colours.finished(nets::to_image(painted.clamp(0, 1)));
  result.alpha = std::move(alpha);
  result.bits = bits;
  return result;
}

}  // namespace atelier::fast
