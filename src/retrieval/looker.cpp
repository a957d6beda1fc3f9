// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/retrieval/looks.hpp"
#include "nets/image_tensor.hpp"
#include "nets/network.hpp"

namespace atelier::retrieval {
namespace {

constexpr int short_edge = 288;  // px: nine places of the last layer
constexpr int version = 1;       // of how pictures are looked at
constexpr const char* content_layer = "head";
const std::vector<std::string> style_layers{"block5", "block8", "block11"};

constexpr float part = 0.6F;
constexpr std::array<Region, 6> views{{{0, 0, 1, 1},
                                       {0, 0, part, part},
                                       {1 - part, 0, part, part},
                                       {0, 1 - part, part, part},
                                       {1 - part, 1 - part, part, part},
                                       {(1 - part) / 2, (1 - part) / 2, part, part}}};

image::Size seen_size(const image::Image& picture) {
  const double scale = static_cast<double>(short_edge) / std::min(picture.width, picture.height);
  const auto length = [&](int of) {
    return std::clamp(static_cast<int>(std::lround(of * scale)), short_edge, 2 * short_edge);
  };
  return {length(picture.width), length(picture.height)};
}

/// The positions of a layer, `count` along an edge, that a stretch of it covers.
std::pair<std::int64_t, std::int64_t> covered(float from, float length, std::int64_t count) {
  const auto positions = static_cast<double>(count);
  const auto first = std::clamp<std::int64_t>(std::lround(from * positions), 0, count - 1);
  const auto end = std::lround((from + length) * positions);
  return {first, std::clamp<std::int64_t>(end - first, 1, count - first)};
}

std::vector<float> numbers(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.to(at::kFloat).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

std::vector<float> style_look(const nets::Features& seen) {
  std::vector<at::Tensor> parts;
  for (const std::string& layer : style_layers) {
    const at::Tensor positions = seen.at(layer)[0].flatten(1);
    parts.push_back(positions.mean(1));
    parts.push_back(positions.std(1, /*unbiased=*/false));
  }
  const at::Tensor all = at::cat(parts);
  return numbers(all.sign() * all.abs().sqrt());
}

}  // namespace

const std::vector<std::string>& aspects() {
  static const std::vector<std::string> names{"content", "style", "palette", "composition"};
  return names;
}

Looker Looker::load() {
  return Looker(nets::FeatureNet::load("efficientnet-lite0", {.strides = nets::Strides::trained}));
}

Looker::Looker(nets::FeatureNet net)
    : net_(std::move(net)), maker_(fmt::format("{} {}", version, net_.digest())) {}

void Looker::add_network_looks(const image::Image& picture, std::vector<Look>& to) const {
  const at::NoGradGuard frozen;
  std::vector<std::string> layers = style_layers;
  layers.emplace_back(content_layer);
  const nets::Features seen =
      net_.network().forward(nets::to_tensor(image::resize(picture, seen_size(picture))), layers);
  const at::Tensor places = seen.at(content_layer)[0];
  for (const Region& view : views) {
    const auto [y, height] = covered(view.y, view.height, places.size(1));
    const auto [x, width] = covered(view.x, view.width, places.size(2));
    const at::Tensor there = places.narrow(1, y, height).narrow(2, x, width);
    to.push_back({"content", view, numbers(there.mean({1, 2}))});
  }
  to.push_back({"style", {}, style_look(seen)});
}

std::vector<Look> Looker::looks(const image::Image& picture) const {
  std::vector<Look> looks;
  add_network_looks(picture, looks);
  looks.push_back({"palette", {}, palette_look(picture)});
  looks.push_back({"composition", {}, composition_look(picture)});
  return looks;
}

std::vector<float> Looker::look(const image::Image& picture, const std::string& aspect) const {
  if (aspect == "palette") return palette_look(picture);
  if (aspect == "composition") return composition_look(picture);
  std::vector<Look> looks;
  add_network_looks(picture, looks);
  const auto found = std::find_if(looks.begin(), looks.end(),
                                  [&](const Look& look) { return look.aspect == aspect; });
  if (found == looks.end()) {
    fail(ErrorKind::invalid_argument, "pictures are not compared by '{}'.", aspect);
  }
  return found->vector;
}

}  // namespace atelier::retrieval
