// SPDX-License-Identifier: Apache-2.0
#include "nets/network.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

at::Tensor row(const std::vector<double>& values, const at::Tensor& like) {
  return at::tensor(values, at::kDouble).to(like.options()).view({1, -1, 1, 1});
}

/// The least length of which `windows` leave a position.
int least_length(const std::vector<Window>& windows) {
  int length = 1;
  for (auto w = windows.rbegin(); w != windows.rend(); ++w) {
    length = std::max(1, (length - 1) * w->stride + w->size - w->before - w->after);
  }
  return length;
}

}  // namespace

at::MemoryFormat layout_for(const at::Device& device) {
  return device.is_cpu() ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

Network::Network(std::string name, std::string digest, InputConvention convention,
                 FeatureNetOptions options)
    : name_(std::move(name)),
      digest_(std::move(digest)),
      convention_(std::move(convention)),
      options_(options) {
  if (convention_.mean.size() != 3 || convention_.std.size() != 3) {
    fail(ErrorKind::bad_input,
         "{}: the input convention needs 3 means and 3 deviations, not {} and {}.", name_,
         convention_.mean.size(), convention_.std.size());
  }
}

std::size_t Network::index(const std::string& layer) const {
  const auto found = std::find(layers_.begin(), layers_.end(), layer);
  if (found == layers_.end()) {
    fail(ErrorKind::invalid_argument, "{} has no layer '{}'; it has {}.", name_, layer,
         fmt::join(layers_, ", "));
  }
  return static_cast<std::size_t>(found - layers_.begin());
}

int Network::stride(const std::string& layer) const {
  int stride = 1;
  for (const Window& window : windows(layer)) stride *= window.stride;
  return stride;
}

int Network::positions(const std::string& layer, int length) const {
  for (const Window& w : windows(layer)) {
    const int room = length + w.before + w.after - w.size;
    if (room < 0) return 0;
    length = room / w.stride + 1;
  }
  return length;
}

void Network::check_picture(const at::Tensor& rgb, const std::vector<std::string>& layers) const {
  if (rgb.dim() != 4 || rgb.size(0) != 1) {
    fail(ErrorKind::invalid_argument, "{} takes a picture as 1 x 3 x H x W floats, not {} {}.",
         name_, fmt::join(rgb.sizes(), " x "), at::toString(rgb.scalar_type()));
  }
  check_pictures(rgb, layers);
}

void Network::check_pictures(const at::Tensor& rgb, const std::vector<std::string>& layers) const {
  if (rgb.dim() != 4 || rgb.size(1) != 3 || !rgb.is_floating_point()) {
    fail(ErrorKind::invalid_argument, "{} takes pictures as N x 3 x H x W floats, not {} {}.",
         name_, fmt::join(rgb.sizes(), " x "), at::toString(rgb.scalar_type()));
  }
  const std::int64_t edge = std::min(rgb.size(2), rgb.size(3));
  for (const std::string& layer : layers) {
    if (const int least = least_length(windows(layer)); edge < least) {
      fail(ErrorKind::invalid_argument,
           "a picture of {} x {} px is too small for {}; it needs {} px.", rgb.size(3), rgb.size(2),
           layer, least);
    }
  }
}

at::Tensor Network::normalise(const at::Tensor& rgb) const {
  at::Tensor h = convention_.bgr ? rgb.flip(1) : rgb;
  if (convention_.scale != 1.0) h = h * convention_.scale;
  h = h - row(convention_.mean, rgb);
  if (convention_.std != std::vector<double>{1, 1, 1}) h = h / row(convention_.std, rgb);
  return h.contiguous(layout_for(rgb.device()));
}

}  // namespace atelier::nets
