// SPDX-License-Identifier: Apache-2.0
#include "style/start.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "nets/image_tensor.hpp"
#include "style/losses/statistics.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {
namespace {

constexpr double detail_kept = 0.5;
constexpr double dither = 1.0 / 512, noise_deviation = 0.15;

/// Standard normal values of the shape, layout and device of `like`; the same for every thread
/// count.
at::Tensor normal_like(const at::Tensor& like, std::uint64_t seed) {
  RandomStream random(seed, "start");
  at::Tensor noise = at::empty(like.sizes(), at::kFloat);
  auto* values = noise.data_ptr<float>();
  for (std::int64_t i = 0; i < noise.numel(); ++i) values[i] = static_cast<float>(random.normal());
  return noise.to(like.device(), like.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor with_colours_of(const at::Tensor& noise, const at::Tensor& style) {
  const Moments colours = moments(style);
  const auto [values, vectors] = at::linalg_eigh(colours.covariance);
  const at::Tensor root = (vectors * values.clamp_min(0).sqrt()).mm(vectors.t());
  const at::Tensor pixels = root.to(noise.scalar_type()).mm(noise.reshape({3, -1})) +
                            colours.mean.to(noise.scalar_type()).unsqueeze(1);
  return pixels.reshape(noise.sizes()).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace

at::Tensor dithered(const at::Tensor& picture, std::uint64_t seed) {
  return (picture + dither * normal_like(picture, seed)).clamp_(0, 1);
}

at::Tensor start_picture(const std::string& kind, std::uint64_t seed, const at::Tensor& content,
                         const std::vector<at::Tensor>& styles) {
  if (kind == "content") return dithered(content, seed);
  const at::Tensor noise = normal_like(content, seed);
  if (kind == "noise") return (0.5 + noise_deviation * noise).clamp_(0, 1);
  if (kind == "style-stats") return with_colours_of(noise, styles.front()).clamp_(0, 1);
  fail(ErrorKind::invalid_argument,
       "there is no start '{}'; use content, noise, style-stats or a picture's file.", kind);
}

at::Tensor enlarged_painting(const at::Tensor& painting, const at::Tensor& photograph,
                             const at::Tensor& content) {
  const at::Tensor seen_before =
      nets::resize(nets::resize(photograph, size_of(painting)), size_of(content));
  const at::Tensor detail = content - seen_before;
  return nets::resize(painting, size_of(content)).add_(detail, detail_kept).clamp_(0, 1);
}

}  // namespace atelier::style
