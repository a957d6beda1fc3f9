// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/fast/stylize.hpp"
#include "style/colour/colouring.hpp"

namespace atelier::fast {
namespace {

/// VGG-19, the network, libraries, and what looking at styles takes.
constexpr double at_rest = 0.9e9;
/// Of what the network sees at once.
constexpr double tile_bytes_per_pixel = 330;
/// Pictures of the content's size, 12 bytes a pixel, that stand in memory at the same time.
constexpr double pictures = 5, pictures_of_masks = 4;

}  // namespace

double tile_memory(double pixels) {
  return at_rest + tile_bytes_per_pixel * pixels;
}

double estimated_memory(const style::StylizeOptions& options, image::Size content) {
  const double pixels = static_cast<double>(content.width) * content.height;
  const double halo = 128;
  const double tile = options.tile == style::tile_auto ? PaintOptions{}.tile : options.tile;
  const double edge = tile + 2 * halo;
  const double seen = options.tile == style::tile_off ? pixels : std::min(pixels, edge * edge);
  const bool parted =
      !options.style_mask.empty() || !options.style_map.empty() || !options.protect.empty();
  const double held =
      pictures + (parted ? pictures_of_masks : 0) + 2 * style::colouring_pictures(options);
  return tile_memory(seen) + 12 * held * pixels;
}

}  // namespace atelier::fast
