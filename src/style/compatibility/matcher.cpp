// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/compatibility.hpp"
#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/compatibility/grain.hpp"
#include "style/compatibility/layer_profile.hpp"
#include "style/compatibility/palette.hpp"
#include "style/compatibility/prediction.hpp"
#include "style/compatibility/reasons.hpp"
#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

constexpr int min_edge = 16;  // px: four poolings come before the deepest layer

/// The objective that the calibration is of; defaults that change later do not change it.
constexpr double content_weight = 0.4, style_weight = 1;
constexpr std::string_view content_layer = "relu4_2";

const std::vector<std::string>& compared_layers() {
  // Largest decompositions first, so that no worker is left waiting for one.
  static const std::vector<std::string> layers{"relu4_1", "relu4_2", "relu3_1",
                                               "relu5_1", "relu2_1", "relu1_1"};
  return layers;
}

/// All that is known of one picture.
struct Profile {
  std::map<std::string, LayerProfile> layers;
  Palette palette;
  std::vector<double> octaves;
};

Profile profile(nets::Pass& pass, const image::Image& picture) {
  if (std::min(picture.width, picture.height) < min_edge) {
    fail(ErrorKind::invalid_argument,
         "a picture of {} x {} px is too small to be compared; each edge must have at least {} px.",
         picture.width, picture.height, min_edge);
  }
  const nets::Features& features = pass.forward(nets::to_tensor(picture), nets::WayBack::none);
  const std::vector<std::string>& names = compared_layers();
  std::vector<LayerProfile> layers(names.size());
  tensor::parallel_for(static_cast<std::int64_t>(names.size()), [&](std::int64_t i, int) {
    const at::NoGradGuard no_gradient;
    layers[static_cast<std::size_t>(i)] =
        layer_profile(features.at(names[static_cast<std::size_t>(i)]));
  });
  Profile result{{}, Palette(picture), octave_energies(picture)};
  for (std::size_t i = 0; i < names.size(); ++i) result.layers[names[i]] = std::move(layers[i]);
  return result;
}

/// The --style-scale that gives a painting's detail the photograph's wavelength, to a twentieth.
double suggested_scale(double octaves) {
  const double scale = std::clamp(std::exp2(-octaves), 0.5, 2.0);
  return std::round(scale * 20) / 20;
}

}  // namespace

struct Matcher::State {
  std::unique_ptr<nets::Pass> pass;
  std::unique_ptr<Profile> content;
};

Matcher::Matcher(const nets::FeatureNet& net, const image::Image& content)
    : state_(std::make_unique<State>()) {
  const at::NoGradGuard no_gradient;
  state_->pass = nets::make_pass(net.network(), compared_layers(), at::kFloat, "winograd");
  state_->content = std::make_unique<Profile>(profile(*state_->pass, content));
}

Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

Compatibility Matcher::operator()(const image::Image& style) {
  const at::NoGradGuard no_gradient;
  const Profile painting = profile(*state_->pass, style);
  const Profile& photograph = *state_->content;
  Compatibility result;

  const std::vector<std::string>& names = compared_layers();
  std::vector<double> distances(names.size());
  tensor::parallel_for(static_cast<std::int64_t>(distances.size()), [&](std::int64_t i, int) {
    const at::NoGradGuard inner;
    const std::string& name = names[static_cast<std::size_t>(i)];
    distances[static_cast<std::size_t>(i)] =
        squared_wasserstein(photograph.layers.at(name), painting.layers.at(name));
  });
  const auto note = [&](std::string name, double value) {
    result.figures.emplace_back(std::move(name), value);
  };
  double mean_style = 0, mean_gram = 0, mean_balance = 0;
  const auto share = 1.0 / static_cast<double>(names.size() - 1);
  for (std::size_t i = distances.size(); i-- > 0;) {
    const std::string& name = names[i];
    const LayerProfile &a = photograph.layers.at(name), &b = painting.layers.at(name);
    const double movement = distances[i] / a.energy, style_term = distances[i] / b.energy;
    if (name == content_layer) {
      note("movement_" + name, movement);
      note("reverse_" + name, style_term);
      continue;
    }
    // The least of w t^2 D / E + (1 - t)^2 D / E' over the share t of the way that is gone.
    const double give = content_weight * movement, miss = style_weight * style_term;
    const double balance = give + miss > 0 ? give * miss / (give + miss) : 0;
    mean_style += share * style_term;
    mean_gram += share * gram_distance(a, b);
    mean_balance += share * balance;
    note("style_" + name, style_term);
    note("movement_" + name, movement);
    note("balance_" + name, balance);
  }
  note("style", mean_style);
  note("gram", mean_gram);
  note("balance", mean_balance);

  result.palette = photograph.palette.to(painting.palette);
  note("palette", result.palette.distance);
  result.grain.photograph = mean_wavelength(photograph.octaves);
  result.grain.painting = mean_wavelength(painting.octaves);
  result.grain.octaves = std::log2(result.grain.painting / result.grain.photograph);
  note("wavelength_photograph", result.grain.photograph);
  note("wavelength_painting", result.grain.painting);
  result.style_scale = suggested_scale(result.grain.octaves);
  foretell(result);
  result.reasons = reasons_for(result);
  return result;
}

}  // namespace atelier::style
