// SPDX-License-Identifier: Apache-2.0
#include "style/colour/colouring.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <memory>
#include <span>

#include "atelier/image/oklab.hpp"
#include "atelier/image/palette_map.hpp"
#include "nets/image_tensor.hpp"
#include "style/tiled_pass.hpp"
#include "tensor/parallel.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

constexpr std::size_t palette_samples = 16384;
constexpr std::size_t strip_pixels = 16384;

/// Calls `f(first, count)` for stretches of `pixels`, by all workers.
template <class F>
void by_stretches(std::size_t pixels, const F& f) {
  const std::size_t count = (pixels + strip_pixels - 1) / strip_pixels;
  tensor::parallel_for(static_cast<std::int64_t>(count), [&](std::int64_t i, int) {
    const std::size_t first = static_cast<std::size_t>(i) * strip_pixels;
    f(static_cast<std::size_t>(i), first, std::min(strip_pixels, pixels - first));
  });
}

/// Pixels `first` to `first + count` of a picture.
std::span<float> stretch(image::Image& picture, std::size_t first, std::size_t count) {
  return std::span(picture.rgb).subspan(3 * first, 3 * count);
}

void fade(image::Image& picture, double share) {
  by_stretches(picture.pixels(), [&](std::size_t, std::size_t first, std::size_t count) {
    image::fade_chroma(stretch(picture, first, count), share);
  });
}

/// Summed in the same order whatever number of workers there is.
image::ColourMoments moments_of(image::Image& picture) {
  std::vector<image::ColourSums> parts((picture.pixels() + strip_pixels - 1) / strip_pixels);
  by_stretches(picture.pixels(), [&](std::size_t i, std::size_t first, std::size_t count) {
    const std::span<const float> alpha(picture.alpha);
    parts[i].add(stretch(picture, first, count),
                 alpha.empty() ? alpha : alpha.subspan(first, count));
  });
  image::ColourSums whole;
  for (const auto& part : parts) whole.add(part);
  return whole.moments();
}

/// Both of one size.
void add_photographs_chroma(image::Image& picture, const at::Tensor& photograph, double share) {
  const auto row = static_cast<std::size_t>(picture.width);
  tensor::by_strips(
      [&](const at::Tensor& strip) {
        const float* colours = strip.data_ptr<float>();
        const auto first = static_cast<std::size_t>(colours - photograph.data_ptr<float>()) / 3;
        const std::size_t count = row * static_cast<std::size_t>(strip.size(2));
        image::add_chroma(stretch(picture, first, count), {colours, 3 * count}, share);
      },
      photograph);
}

double kept_chroma(const StylizeOptions& options) {
  if (options.color == "keep") return options.color_strength;
  if (options.color == "style") return 1 - options.color_strength;
  return 0;
}

}  // namespace

Colouring::Colouring(const StylizeOptions& options, StylizePictures& pictures)
    : kept_(kept_chroma(options)) {
  if (options.color == "match" && options.color_strength > 0) {
    fit_palettes(options, pictures.content, pictures.styles);
  }
  if (kept_ == 0) return;
  photograph_ = nets::to_tensor(pictures.content);
  fade(pictures.content, 1 - kept_);
  for (image::Image& style : pictures.styles) fade(style, 1 - kept_);
  if (pictures.init) fade(*pictures.init, 1 - kept_);
  if (pictures.last) add_photographs_chroma(pictures.last->moved, photograph_, -kept_);
}

void Colouring::constrain(const at::Tensor& rgb) const {
  if (kept_ < 1) return;
  tensor::by_strips(
      [](const at::Tensor& strip) {
        strip.copy_(strip.mean(1, /*keepdim=*/true).expand_as(strip));
      },
      rgb);
}

image::Image Colouring::finished(const at::Tensor& painted) const {
  image::Image picture = nets::to_image(painted);
  if (kept_ == 0) return picture;
  add_photographs_chroma(picture, nets::resize(photograph_, size_of(painted)), kept_);
  return picture;
}

void fit_palettes(const StylizeOptions& options, image::Image& photograph,
                  std::vector<image::Image>& styles) {
  const bool transport = options.color_method == "transport";
  const std::vector<image::Oklab> wanted =
      transport ? image::sampled_colours(photograph, palette_samples) : std::vector<image::Oklab>();
  const image::ColourMoments moments = transport ? image::ColourMoments() : moments_of(photograph);
  for (image::Image& style : styles) {
    const std::unique_ptr<image::PaletteMap> map =
        transport ? image::transport_map(image::sampled_colours(style, palette_samples), wanted)
                  : image::covariance_map(moments_of(style), moments);
    by_stretches(style.pixels(), [&](std::size_t, std::size_t first, std::size_t count) {
      image::apply_palette_map(*map, options.color_strength, stretch(style, first, count));
    });
  }
}

int colouring_pictures(const StylizeOptions& options) {
  return kept_chroma(options) > 0 ? 1 : 0;
}

}  // namespace atelier::style
