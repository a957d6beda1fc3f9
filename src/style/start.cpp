// SPDX-License-Identifier: Apache-2.0
#include "style/start.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "nets/image_tensor.hpp"
#include "style/losses/statistics.hpp"
#include "style/tiled_pass.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

constexpr double dither = 1.0 / 512, noise_deviation = 0.15;

/// Standard normal values of the shape, layout and device of `like`; the same for every thread
/// count.
at::Tensor normal_like(const at::Tensor& like, std::uint64_t seed) {
  RandomStream random(seed, "start");
  at::Tensor noise = tensor::spillable_zeros(like.sizes(), at::kFloat);
  for (std::int64_t c = 0; c < noise.size(1); ++c) {
    for (std::int64_t y = 0; y < noise.size(2); ++y) {
      const at::Tensor row = noise.narrow(2, y, 1);
      float* values = row.data_ptr<float>() + c;
      for (std::int64_t x = 0; x < noise.size(3); ++x) {
        values[x * noise.size(1)] = static_cast<float>(random.normal());
      }
      tensor::let_go(row);
    }
  }
  return noise.to(like.device(), like.scalar_type());
}

at::Tensor with_colours_of(const at::Tensor& noise, const at::Tensor& style) {
  const Moments colours = moments(style);
  const auto [values, vectors] = at::linalg_eigh(colours.covariance);
  const at::Tensor root =
      (vectors * values.clamp_min(0).sqrt()).mm(vectors.t()).to(noise.scalar_type());
  const at::Tensor mean = colours.mean.to(noise.scalar_type()).view({1, 3, 1, 1});
  tensor::by_strips(
      [&](const at::Tensor& strip) {
        strip.copy_(root.mm(strip.reshape({3, -1})).reshape(strip.sizes()).add_(mean).clamp_(0, 1));
      },
      noise);
  return noise;
}

/// How the painting's colours differ from the photograph's, on a grid of cells: the mean of moved -
/// content where it is trusted. A cell without trust takes the mean of all.
at::Tensor colour_shift(const at::Tensor& moved, const at::Tensor& trust,
                        const at::Tensor& content) {
  constexpr std::int64_t along_long_edge = 24;
  constexpr double held_to_all = 0.01, nearly_none = 1e-6;
  const std::int64_t height = content.size(2), width = content.size(3);
  const double cell = static_cast<double>(std::max(height, width)) / along_long_edge;
  const auto cells = [&](std::int64_t edge) {
    return std::clamp<std::int64_t>(std::llround(static_cast<double>(edge) / cell), 1, edge);
  };
  const std::int64_t rows = cells(height), columns = cells(width);
  at::Tensor sums = at::empty({1, 3, rows, columns}, content.options()),
             trusts = at::empty({1, 1, rows, columns}, content.options());
  for (std::int64_t row = 0; row < rows; ++row) {  // so that no copy of the picture's size is made
    const std::int64_t begin = row * height / rows, end = (row + 1) * height / rows;
    const auto strip = [&](const at::Tensor& t) { return t.narrow(2, begin, end - begin); };
    sums.narrow(2, row, 1).copy_(
        at::adaptive_avg_pool2d((strip(moved) - strip(content)).mul_(strip(trust)), {1, columns}));
    trusts.narrow(2, row, 1).copy_(at::adaptive_avg_pool2d(strip(trust), {1, columns}));
    for (const at::Tensor& t : {moved, trust, content}) tensor::let_go(strip(t));
  }
  const at::Tensor of_all =
      sums.mean({2, 3}, /*keepdim=*/true) / trusts.mean().clamp_min(nearly_none);
  return ((sums + held_to_all * of_all) / (trusts + held_to_all))
      .contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace

at::Tensor dithered(const at::Tensor& picture, std::uint64_t seed) {
  const at::Tensor noise = normal_like(picture, seed);
  tensor::by_strips(
      [](const at::Tensor& to, const at::Tensor& from) { to.mul_(dither).add_(from).clamp_(0, 1); },
      noise, picture);
  return noise;
}

at::Tensor start_picture(const std::string& kind, std::uint64_t seed, const at::Tensor& content,
                         const std::vector<at::Tensor>& styles) {
  if (kind == "content") return dithered(content, seed);
  const at::Tensor noise = normal_like(content, seed);
  if (kind == "style-stats") return with_colours_of(noise, styles.front());
  if (kind == "noise") {
    tensor::by_strips(
        [](const at::Tensor& strip) { strip.mul_(noise_deviation).add_(0.5).clamp_(0, 1); }, noise);
    return noise;
  }
  fail(ErrorKind::invalid_argument,
       "there is no start '{}'; use content, noise, style-stats, fast or a picture's file.", kind);
}

at::Tensor next_frame(const at::Tensor& moved, const at::Tensor& trust, const at::Tensor& content) {
  // The shift's range of -1..1 as that of a picture, which resize() keeps to.
  const at::Tensor halved =
      nets::resize(colour_shift(moved, trust, content).mul_(0.5).add_(0.5), size_of(content));
  at::Tensor start = tensor::spillable_zeros(content.sizes(), content.options());
  tensor::by_strips(
      [](const at::Tensor& to, const at::Tensor& painted, const at::Tensor& how_far,
         const at::Tensor& shown, const at::Tensor& shift) {
        to.copy_(shift).sub_(0.5).mul_(2).add_(shown).clamp_(0, 1);
        to.add_((painted - to).mul_(how_far));
      },
      start, moved, trust, content, halved);
  return start;
}

at::Tensor repainted(const at::Tensor& whole, const at::Tensor& start, const at::Tensor& painted) {
  const at::Tensor before = nets::resize(start, size_of(whole)),
                   after = nets::resize(painted, size_of(whole));
  at::Tensor result = tensor::spillable_zeros(whole.sizes(), whole.options());
  tensor::by_strips([](const at::Tensor& to, const at::Tensor& from, const at::Tensor& was,
                       const at::Tensor& is) { to.copy_(is).sub_(was).add_(from).clamp_(0, 1); },
                    result, whole, before, after);
  return result;
}

at::Tensor enlarged_painting(const at::Tensor& painting, const at::Tensor& photograph,
                             const at::Tensor& content) {
  const at::Tensor seen_before =
      nets::resize(nets::resize(photograph, size_of(painting)), size_of(content));
  const at::Tensor enlarged = nets::resize(painting, size_of(content));
  at::Tensor start = tensor::spillable_zeros(content.sizes(), content.options());
  tensor::by_strips(
      [](const at::Tensor& to, const at::Tensor& coarse, const at::Tensor& shown,
         const at::Tensor& shown_before) {
        to.copy_(coarse).add_(shown - shown_before, detail_kept).clamp_(0, 1);
      },
      start, enlarged, content, seen_before);
  return start;
}

}  // namespace atelier::style
