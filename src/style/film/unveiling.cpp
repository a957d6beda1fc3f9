// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <algorithm>

#include "atelier/style/animation.hpp"
#include "nets/image_tensor.hpp"
#include "style/scales.hpp"
#include "style/start.hpp"

namespace atelier::style {
namespace {

constexpr int min_edge = 16;

/// `picture` as it is seen at another size and brought back.
image::Image resized(const image::Image& picture, image::Size size) {
  return nets::to_image(nets::resize(nets::to_tensor(picture), size));
}

}  // namespace

Unveiling::Unveiling(image::Image photograph, const StylizeOptions& options)
    : photograph_(std::move(photograph)) {
  int first = 1;
  for (const Scale& scale :
       plan_scales(std::max(photograph_.width, photograph_.height), options.min_size,
                   options.scale_step, options.iterations, options.first_iterations)) {
    sizes_.push_back({scale.long_edge, first, scale.iterations});
    first += scale.iterations;
  }
}

std::vector<float> Unveiling::beyond(int long_edge) const {
  const image::Size whole{photograph_.width, photograph_.height};
  std::vector<float> detail(photograph_.rgb.size(), 0.0F);
  if (long_edge >= std::max(whole.width, whole.height)) return detail;
  image::Size small = image::fit_long_edge(whole, long_edge);
  small = {std::max(small.width, min_edge), std::max(small.height, min_edge)};
  const image::Image coarse = resized(resized(photograph_, small), whole);
  for (std::size_t i = 0; i < detail.size(); ++i) detail[i] = photograph_.rgb[i] - coarse.rgb[i];
  return detail;
}

image::Image Unveiling::shown(const Step& step, const image::Image& picture) {
  const auto size = std::find_if(sizes_.begin(), sizes_.end(),
                                 [&](const Size& s) { return s.long_edge == step.scale; });
  if (size == sizes_.end() || size + 1 == sizes_.end()) return picture;  // painted whole
  if (current_ != step.scale) {
    next_ = beyond(size->long_edge);
    rest_ = beyond((size + 1)->long_edge);
    for (std::size_t i = 0; i < next_.size(); ++i) next_[i] -= rest_[i];
    current_ = step.scale;
  }
  const float way = static_cast<float>(step.iteration - size->first + 1) /
                    static_cast<float>(std::max(size->count, 1));
  const auto left = static_cast<float>(1 + (detail_kept - 1) * std::clamp(way, 0.0F, 1.0F));
  image::Image result = resized(picture, {photograph_.width, photograph_.height});
  for (std::size_t i = 0; i < result.rgb.size(); ++i) {
    result.rgb[i] = std::clamp(result.rgb[i] + left * next_[i] + rest_[i], 0.0F, 1.0F);
  }
  return result;
}

}  // namespace atelier::style
