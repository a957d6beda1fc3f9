// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/painter.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>
#include <deque>
#include <mutex>
#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "fast/look.hpp"
#include "fast/model.hpp"
#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::fast {
namespace {

constexpr std::size_t most_known = 32;

}  // namespace

struct Style::Content {
  StyleStatistics statistics;
  at::Tensor painting;  ///< for the plain form
};

struct Painter::Parts {
  nets::FeatureNet vgg;
  Model model;
  Network network;
  at::Device device;
  mutable std::mutex known_mutex;
  mutable std::deque<std::pair<std::string, Style>> known;  // by the digest of their pixels

  Parts(const std::filesystem::path& path, nets::FeatureNet net, at::Device where)
      : vgg(std::move(net)),
        model(load_model(path, where)),
        network(model.network()),
        device(where) {}

  [[nodiscard]] StyleStatistics statistics(const at::Tensor& rgb) const {
    std::vector<std::string> layers;
    for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
    style::TiledPass pass(vgg.network(), layers,
                          nets::make_pass(vgg.network(), layers, rgb.options()), /*tile=*/0);
    return style_statistics(pass.moments(studied_parts(rgb)), colours_of(rgb));
  }

  [[nodiscard]] at::Tensor code(const StyleStatistics& style) const {
    const StyleBatch batch = style_batch({&style}, model.standard, device);
    return network.code(batch.levels, batch.correlations);
  }
};

Painter::Painter(const std::filesystem::path& model, const nets::FeatureNet& vgg,
                 const std::string& device)
    : parts_(std::make_unique<Parts>(model, vgg, at::Device(device))) {}

Painter::~Painter() = default;

const std::string& Painter::digest() const noexcept {
  return parts_->model.digest;
}

Style Painter::study(const image::Image& painting) const {
  check_edges(painting);
  const std::string name =
      fmt::format("{} {}", painting.width, sha256(std::as_bytes(std::span(painting.rgb))));
  const std::lock_guard lock(parts_->known_mutex);
  for (const auto& [known, style] : parts_->known) {
    if (known == name) return style;
  }
  const at::NoGradGuard no_gradient;
  const at::Tensor rgb = nets::to_tensor(painting, parts_->device);
  auto content = std::make_shared<Style::Content>();
  content->statistics = parts_->statistics(rgb);
  if (!parts_->model.architecture.modulated) content->painting = on_grid(rgb);
  parts_->known.emplace_front(name, Style(std::move(content)));
  if (parts_->known.size() > most_known) parts_->known.pop_back();
  return parts_->known.front().second;
}

namespace {

/// Weights that sum to 1.
std::vector<double> shares(const std::vector<BlendedStyle>& styles) {
  double sum = 0;
  for (const BlendedStyle& style : styles) {
    if (!(style.weight >= 0) || !std::isfinite(style.weight)) {
      fail(ErrorKind::invalid_argument, "a style's weight is {}; it must be 0 or more.",
           style.weight);
    }
    sum += style.weight;
  }
  if (sum <= 0) fail(ErrorKind::invalid_argument, "no style has a weight above 0.");
  std::vector<double> result;
  for (const BlendedStyle& style : styles) result.push_back(style.weight / sum);
  return result;
}

void add(ColourMap& to, const ColourMap& map, double weight) {
  for (std::size_t i = 0; i < 9; ++i) to.matrix[i] += weight * map.matrix[i];
  for (std::size_t i = 0; i < 3; ++i) to.offset[i] += weight * map.offset[i];
}

}  // namespace

Look Painter::look(const image::Image& like, const std::vector<BlendedStyle>& styles,
                   double strength) const {
  check_edges(like);
  if (!(strength >= 0 && strength <= 1)) {
    fail(ErrorKind::invalid_argument, "a strength of {} is outside of 0..1.", strength);
  }
  const at::NoGradGuard no_gradient;
  const std::vector<double> weights = shares(styles);
  const at::Tensor rgb = nets::to_tensor(like, parts_->device);
  const Colours colours = colours_of(rgb);
  const bool modulated = parts_->model.architecture.modulated;

  ColourMap map{};
  map.matrix = {};
  at::Tensor code;
  Modulations modulations;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const Style::Content& style = styles[i].style.content();
    if (!modulated) {
      modulations = parts_->network.adapted_modulations(style.painting);
      continue;
    }
    add(map, colour_map(colours, style.statistics.colours), weights[i] * strength);
    const at::Tensor part = parts_->code(style.statistics) * (weights[i] * strength);
    code = code.defined() ? code + part : part;
  }
  if (!modulated) add(map, ColourMap{}, 1);
  if (modulated && strength < 1) {
    add(map, ColourMap{}, 1 - strength);
    code += parts_->code(parts_->statistics(rgb)) * (1 - strength);
  }
  if (modulated) modulations = parts_->network.modulations(code);

  return make_look(parts_->model.architecture, *parts_->model.parameters, modulations, map, rgb);
}

image::Image Painter::paint(const image::Image& photo, const std::vector<BlendedStyle>& styles,
                            const PaintOptions& options) const {
  return look(photo, styles, options.strength).paint(photo, options.tile);
}

}  // namespace atelier::fast
