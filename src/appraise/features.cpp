// SPDX-License-Identifier: Apache-2.0
#include "appraise/features.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "atelier/image/file.hpp"
#include "nets/image_tensor.hpp"
#include "nets/network.hpp"

namespace atelier::appraise {
namespace {

const std::vector<std::string>& layers() {
  static const std::vector<std::string> names{"block5",  "block8",  "block11",
                                              "block15", "block16", "head"};
  return names;
}

/// `edge` px on the short side, at most twice that on the long one.
image::Size whole(const image::Image& picture, int edge) {
  const double scale = static_cast<double>(edge) / std::min(picture.width, picture.height);
  const auto length = [&](int of) {
    return std::clamp(static_cast<int>(std::lround(of * scale)), edge, 2 * edge);
  };
  return {length(picture.width), length(picture.height)};
}

/// A large picture at `most` px of its long edge, once for all views.
image::Image at_hand(const image::Image& picture, int most) {
  const image::Size size{picture.width, picture.height};
  if (std::max(size.width, size.height) <= most) return picture;
  image::Size to = image::fit_long_edge(size, most);
  // A thin strip keeps the edge that it may have.
  to.width = std::max(to.width, std::min(size.width, 16));
  to.height = std::max(to.height, std::min(size.height, 16));
  return image::resize(picture, to);
}

}  // namespace

Eyes::Eyes(nets::FeatureNet net) : net_(std::move(net)) {
  for (const std::string& layer : layers()) count_ += 2 * net_.network().channels(layer);
  head_count_ = net_.network().channels(layers().back());
  digest_ =
      fmt::format("{} at most {} square {} mirrored short {}: roots of means and deviations of {}",
                  net_.digest(), most_edge, square, short_edge, fmt::join(layers(), " "));
}

Eyes::Seen Eyes::look(const image::Image& picture) const {
  const c10::NoGradGuard frozen;
  const image::Image small = at_hand(picture, most_edge);
  const at::Tensor pressed = nets::to_tensor(image::resize(small, {square, square}));
  const std::vector<at::Tensor> views{
      pressed, pressed.flip(3), nets::to_tensor(image::resize(small, whole(small, short_edge)))};
  at::Tensor sum, head;
  for (const at::Tensor& view : views) {
    const nets::Features features = net_.network().forward(view, layers());
    std::vector<at::Tensor> parts;
    for (const std::string& layer : layers()) {
      const at::Tensor seen = features.at(layer)[0].flatten(1).contiguous();
      parts.push_back(seen.mean(1));
      parts.push_back(seen.std(1, /*unbiased=*/false));
    }
    const at::Tensor row = at::cat(parts) / static_cast<double>(views.size());
    const at::Tensor top = parts[parts.size() - 2] / static_cast<double>(views.size());
    sum = sum.defined() ? sum + row : row;
    head = head.defined() ? head + top : top;
  }
  return {sum.sign() * sum.abs().sqrt(), head};
}

}  // namespace atelier::appraise
