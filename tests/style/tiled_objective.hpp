// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <string_view>
#include <vector>

#include "atelier/nets/feature_net.hpp"
#include "nets/passes/make_pass.hpp"
#include "nets/vgg.hpp"
#include "style/guides.hpp"
#include "style/objective.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {

/// The fastest engine whose results are as exact as the type of `like`; "auto" can be bf16.
inline std::string_view exact_engine(const at::Tensor& like) {
  return like.scalar_type() == at::kFloat ? "winograd" : "torch";
}

/// A pass to `layers` for pictures of the type of `like`. `engine`: as make_pass() takes it; empty:
/// exact_engine().
inline TiledPass tiled_pass(const nets::FeatureNet& net, const std::vector<std::string>& layers,
                            const at::Tensor& like, int tile = 0, std::string_view engine = {}) {
  if (engine.empty()) engine = exact_engine(like);
  return {net.network(), layers, nets::make_pass(net.network(), layers, like.options(), engine),
          tile};
}

/// An objective and the pass that it works through.
class TiledObjective {
 public:
  TiledObjective(const nets::FeatureNet& net, const StylizeOptions& asked,
                 const at::Tensor& content, const std::vector<at::Tensor>& styles, int tile = 0,
                 std::string_view engine = {})
      : net_(net),
        options_(with_own_layers(asked)),
        pass_(tiled_pass(net_, objective_layers(options_), content, tile, engine)),
        objective_(pass_, options_, {content, styles, one_region(styles.size(), asked.blend)}) {}
  /// With masks of the content's size.
  TiledObjective(const nets::FeatureNet& net, const StylizeOptions& asked,
                 const at::Tensor& content, const std::vector<at::Tensor>& styles,
                 const SceneMasks& masks, int tile = 0, std::string_view engine = {})
      : net_(net),
        options_(with_own_layers(asked)),
        pass_(tiled_pass(net_, objective_layers(options_), content, tile, engine)),
        objective_(pass_, options_,
                   guided_scene(net_, pass_.layers(), options_, content, styles, masks)) {}
  TiledObjective(const TiledObjective&) = delete;
  TiledObjective& operator=(const TiledObjective&) = delete;

  [[nodiscard]] Losses losses(const at::Tensor& rgb) {
    return objective_.evaluate(rgb, /*with_gradient=*/false).losses;
  }
  [[nodiscard]] Objective::Evaluation evaluate(const at::Tensor& rgb) {
    return objective_.evaluate(rgb, /*with_gradient=*/true);
  }
  [[nodiscard]] bool in_one_tile(const at::Tensor& rgb) const {
    return pass_.tile_count(size_of(rgb)) == 1;
  }

 private:
  nets::FeatureNet net_;
  StylizeOptions options_;
  TiledPass pass_;
  Objective objective_;
};

/// |ours - exact| / |exact|, Euclidean.
inline double relative_error(const at::Tensor& ours, const at::Tensor& exact) {
  const at::Tensor want = exact.to(at::kDouble);
  return ((ours.to(at::kDouble) - want).norm() / (want.norm() + 1e-300)).item<double>();
}

}  // namespace atelier::style
