// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/stylize.hpp"

#include <ATen/ATen.h>

#include <utility>

#include "nets/image_tensor.hpp"
#include "style/colour/colouring.hpp"
#include "style/guides.hpp"

namespace atelier::fast {
namespace {

int tile_for(const style::StylizeOptions& options) {
  if (options.tile == style::tile_off) return 0;
  if (options.tile == style::tile_auto) return fitting_tile;
  return (options.tile + 7) / 8 * 8;
}

std::vector<Look> looks_of(const Painter& painter, const style::StylizePictures& pictures,
                           const std::vector<style::StyleRegion>& regions, double strength) {
  std::vector<Style> styles;
  for (const image::Image& style : pictures.styles) styles.push_back(painter.study(style));
  std::vector<Look> looks;
  for (const style::StyleRegion& region : regions) {
    std::vector<BlendedStyle> blend;
    for (const auto& [style, weight] : region.styles) blend.push_back({styles[style], weight});
    looks.push_back(painter.look(pictures.content, blend, strength));
  }
  return looks;
}

}  // namespace

image::Image stylize(const Painter& painter, style::StylizePictures pictures,
                     const style::StylizeOptions& options, std::vector<Look>* looks) {
  style::check_options(options, pictures.styles.size());
  const at::NoGradGuard no_gradient;
  std::vector<float> alpha = std::move(pictures.content.alpha);
  const int bits = pictures.content.bits;
  const style::Colouring colouring(options, pictures);
  const std::vector<style::StyleRegion> regions =
      style::style_regions(pictures.styles.size(), options.blend,
                           style::to_tensors(pictures.masks, at::kCPU), options.protect_strength);
  std::vector<Look> own;
  std::vector<Look>& kept = looks ? *looks : own;
  if (kept.size() != regions.size()) {
    kept = looks_of(painter, pictures, regions, options.strength);
  }

  if (regions.size() == 1 && !regions[0].guide.picture.defined() && !colouring.brings_chroma()) {
    image::Image result = painter.paint(pictures.content, kept[0], tile_for(options));
    result.alpha = std::move(alpha);
    result.bits = bits;
    return result;
  }
  const at::Tensor photo = nets::to_tensor(pictures.content);
  at::Tensor painted;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const at::Tensor one =
        nets::to_tensor(painter.paint(pictures.content, kept[i], tile_for(options)));
    const at::Tensor& where = regions[i].guide.picture;
    if (!where.defined()) {
      painted = one;
    } else {
      if (!painted.defined()) painted = photo.clone();
      painted.add_((one - photo).mul_(where));
    }
  }
  if (!painted.defined()) painted = photo;  // masks that leave every style out
  image::Image result = colouring.finished(painted.clamp(0, 1));
  result.alpha = std::move(alpha);
  result.bits = bits;
  return result;
}

}  // namespace atelier::fast
