// SPDX-License-Identifier: Apache-2.0
#include "nets/vgg.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <mutex>

#include "atelier/base/error.hpp"
#include "atelier/base/mapped_file.hpp"
#include "nets/passes/bf16_pass.hpp"
#include "nets/passes/winograd_pass.hpp"

namespace atelier::nets {
namespace {

/// Block and place of "convB_C.weight", or nothing when the name is another's.
struct Place {
  int block = 0;
  int number = 0;
};
bool parse_place(const std::string& name, Place& place) {
  int end = 0;
  return std::sscanf(name.c_str(), "conv%d_%d.weight%n", &place.block, &place.number, &end) == 2 &&
         static_cast<std::size_t>(end) == name.size();
}

bool follows(const Place& next, const Place& previous) {
  const bool same_block = next.block == previous.block && next.number == previous.number + 1;
  const bool next_block = next.block == previous.block + 1 && next.number == 1;
  return same_block || (next_block && previous.number > 0) ||
         (previous.block == 0 && next.block == 1 && next.number == 1);
}

}  // namespace

/// Weights as they are computed with, by type and device, each made when first asked for.
struct Vgg::Converted {
  std::mutex mutex;
  std::map<std::pair<at::ScalarType, std::string>, std::vector<Convolution>> by_kind;
  std::shared_ptr<const WinogradWeights> winograd;
  std::shared_ptr<const Bf16Weights> bf16;

  /// Makes `kept` hold `count` of the convolutions as a pass's kernels want them.
  template <class Weights>
  std::shared_ptr<const Weights> weights(std::shared_ptr<const Weights>& kept,
                                         const std::vector<Convolution>& convolutions,
                                         std::size_t count);
};

Vgg::Vgg(std::string name, std::string digest, const std::map<std::string, at::Tensor>& weights,
         InputConvention convention, FeatureNetOptions options)
    : Network(std::move(name), std::move(digest), std::move(convention), options),
      converted_(std::make_shared<Converted>()) {
  std::vector<Place> places;
  for (const auto& [key, tensor] : weights) {
    Place place;
    if (parse_place(key, place)) places.push_back(place);
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::pair(a.block, a.number) < std::pair(b.block, b.number);
  });
  if (places.empty())
    fail(ErrorKind::bad_input, "{}: the weights hold no conv1_1.weight.", this->name());

  Place previous;
  std::int64_t channels = 3;
  for (const Place& place : places) {
    const std::string key = fmt::format("conv{}_{}", place.block, place.number);
    if (!follows(place, previous)) {
      fail(ErrorKind::bad_input, "{}: the weights jump to {}; a convolution before it is missing.",
           this->name(), key);
    }
    const at::Tensor& weight = weights.at(key + ".weight");
    const auto bias = weights.find(key + ".bias");
    const bool fits = weight.dim() == 4 && weight.size(0) > 0 && weight.size(1) == channels &&
                      weight.size(2) == 3 && weight.size(3) == 3 &&
                      weight.scalar_type() == at::kFloat;
    if (!fits) {
      fail(ErrorKind::bad_input, "{}: {}.weight must be float32 O x {} x 3 x 3 but is {} {}.",
           this->name(), key, channels, at::toString(weight.scalar_type()),
           fmt::join(weight.sizes(), " x "));
    }
    if (bias == weights.end() || bias->second.dim() != 1 ||
        bias->second.size(0) != weight.size(0) || bias->second.scalar_type() != at::kFloat) {
      fail(ErrorKind::bad_input, "{}: {}.bias must be float32 of {} elements.", this->name(), key,
           weight.size(0));
    }
    convolutions_.push_back(
        {"relu" + key.substr(4), place.block, weight.detach(), bias->second.detach()});
    layers_.push_back(convolutions_.back().layer);
    channels = weight.size(0);
    previous = place;
  }
}

const std::vector<Vgg::Convolution>& Vgg::convolutions_for(const at::Tensor& rgb) const {
  const std::lock_guard lock(converted_->mutex);
  auto& convolutions = converted_->by_kind[{rgb.scalar_type(), rgb.device().str()}];
  if (convolutions.empty()) {
    const c10::NoGradGuard frozen;
    for (const Convolution& c : convolutions_) {
      convolutions.push_back({c.layer, c.block,
                              c.weight.to(rgb.options()).contiguous(layout_for(rgb.device())),
                              c.bias.to(rgb.options()).contiguous()});
    }
  }
  return convolutions;
}

std::size_t Vgg::depth(const std::vector<std::string>& layers) const {
  std::size_t count = 0;
  for (const std::string& layer : layers) count = std::max(count, index(layer) + 1);
  return count;
}

std::int64_t Vgg::channels(const std::string& layer) const {
  return convolutions_[index(layer)].weight.size(0);
}

std::vector<Window> Vgg::windows(const std::string& layer) const {
  std::vector<Window> windows;
  const std::size_t last = index(layer);
  for (std::size_t i = 0; i <= last; ++i) {
    windows.push_back({3, 1, 1, 1});
    if (i < last && pools_after(i)) windows.push_back({2, 2, 0, 0});
  }
  return windows;
}

int Vgg::reach(const std::vector<std::string>& layers) const {
  int reach = 0;
  // A convolution sees one position further to each side, in pixels as far as its positions lie
  // apart.
  const std::size_t count = depth(layers);
  for (std::size_t i = 0; i < count; ++i) reach += 1 << (convolutions_[i].block - 1);
  return reach;
}

std::size_t Vgg::width(std::size_t i) const {
  return static_cast<std::size_t>(convolutions_[i].weight.size(0));
}

bool Vgg::pools_after(std::size_t i) const {
  return i + 1 < convolutions_.size() && convolutions_[i + 1].block != convolutions_[i].block;
}

template <class Weights>
std::shared_ptr<const Weights> Vgg::Converted::weights(std::shared_ptr<const Weights>& kept,
                                                       const std::vector<Convolution>& convolutions,
                                                       std::size_t count) {
  const std::lock_guard lock(mutex);
  if (kept && kept->others.size() + 1 >= count) return kept;
  const auto values = [](const at::Tensor& t) {
    return t.to(at::kCPU).contiguous(at::MemoryFormat::Contiguous);
  };
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  const at::Tensor first = values(convolutions.front().weight);
  const at::Tensor first_bias = values(convolutions.front().bias);
  auto made = std::make_shared<Weights>(
      Weights{tensor::FirstConvolution(first.data_ptr<float>(), first_bias.data_ptr<float>(),
                                       size(first.size(0))),
              {}});
  for (std::size_t i = 1; i < count; ++i) {
    const at::Tensor weight = values(convolutions[i].weight), bias = values(convolutions[i].bias);
    made->others.emplace_back(weight.data_ptr<float>(), bias.data_ptr<float>(),
                              size(weight.size(1)), size(weight.size(0)));
    const at::Tensor& plain = convolutions[i].weight;
    not_needed_soon({static_cast<const std::byte*>(plain.data_ptr()), plain.nbytes()});
  }
  kept = std::move(made);
  return kept;
}

std::shared_ptr<const WinogradWeights> Vgg::winograd_weights(std::size_t count) const {
  return converted_->weights(converted_->winograd, convolutions_, count);
}

std::shared_ptr<const Bf16Weights> Vgg::bf16_weights(std::size_t count) const {
  return converted_->weights(converted_->bf16, convolutions_, count);
}

Features Vgg::forward(const at::Tensor& rgb, const std::vector<std::string>& layers) const {
  const std::size_t count = depth(layers);
  check_pictures(rgb, layers);
  if (count == 0) return {};

  const std::vector<Convolution>& convolutions = convolutions_for(rgb);
  at::Tensor h = normalise(rgb);
  Features features;
  for (std::size_t i = 0; i < count; ++i) {
    const Convolution& c = convolutions[i];
    if (i > 0 && c.block != convolutions[i - 1].block) {
      h = options().pooling == Pooling::max ? at::max_pool2d(h, {2, 2}) : at::avg_pool2d(h, {2, 2});
    }
    std::int64_t padding = 1;
    if (i == 0 && options().padding == Padding::replicate) {
      h = at::replication_pad2d(h, {1, 1, 1, 1}).contiguous(layout_for(rgb.device()));
      padding = 0;
    }
    h = at::conv2d(h, c.weight, c.bias, /*stride=*/1, padding);
    h = h.relu_();  // in place: the gradient of a convolution does not need its own result
    if (std::find(layers.begin(), layers.end(), c.layer) != layers.end()) features[c.layer] = h;
  }
  return features;
}

}  // namespace atelier::nets
