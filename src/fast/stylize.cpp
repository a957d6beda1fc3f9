// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/stylize.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

#include "nets/image_tensor.hpp"
#include "style/colour/colouring.hpp"
#include "style/guides.hpp"

namespace atelier::fast {
namespace {

/// Above it a picture is painted in tiles of `tile_edge` when the choice is ours: as fast, and in
/// a fraction of the memory.
constexpr int whole_edge = 2048, tile_edge = 1024;  // px

int tile_for(const style::StylizeOptions& options, const image::Image& content) {
  if (options.tile == style::tile_off) return 0;
  if (options.tile != style::tile_auto) return (options.tile + 7) / 8 * 8;
  return std::max(content.width, content.height) > whole_edge ? tile_edge : 0;
}

}  // namespace

image::Image stylize(const Painter& painter, style::StylizePictures pictures,
                     const style::StylizeOptions& options) {
  style::check_options(options, pictures.styles.size());
  const at::NoGradGuard no_gradient;
  std::vector<float> alpha = std::move(pictures.content.alpha);
  const int bits = pictures.content.bits;
  const style::Colouring colouring(options, pictures);
  std::vector<Style> styles;
  for (const image::Image& style : pictures.styles) styles.push_back(painter.study(style));
  const PaintOptions how{options.strength, tile_for(options, pictures.content)};

  const at::Tensor photo = nets::to_tensor(pictures.content);
  at::Tensor painted;
  for (const style::StyleRegion& region : style::style_regions(
           styles.size(), options.blend, style::to_tensors(pictures.masks, at::kCPU),
           options.protect_strength)) {
    std::vector<BlendedStyle> blend;
    for (const auto& [style, weight] : region.styles) blend.push_back({styles[style], weight});
    const at::Tensor one = nets::to_tensor(painter.paint(pictures.content, blend, how));
    if (!region.guide.picture.defined()) {
      painted = one;
    } else {
      if (!painted.defined()) painted = photo.clone();
      painted.add_((one - photo).mul_(region.guide.picture));
    }
  }
  if (!painted.defined()) painted = photo;  // masks that leave every style out
  image::Image result = colouring.finished(painted.clamp(0, 1));
  result.alpha = std::move(alpha);
  result.bits = bits;
  return result;
}

}  // namespace atelier::fast
