// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/image/image.hpp"
#include "atelier/style/options.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

/// The terms of the objective, each normalised so that it means the same for every picture and size
/// (docs/how-it-works.md), and their weighted sum.
struct Losses {
  double content = 0, style = 0, tv = 0, total = 0;
};

/// One step of the optimisation, for progress, traces and plots.
struct Step {
  int scale = 0;         ///< long edge of the current scale, px
  int iteration = 0;     ///< in the whole run, from 1
  int iterations = 0;    ///< planned in the whole run
  double seconds = 0;    ///< since the run began
  double remaining = 0;  ///< estimated seconds to the end
  Losses losses;         ///< of the picture before this step
};

/// Called after every step. `picture` makes the current picture when a preview is wanted.
using OnStep = std::function<void(const Step&, const std::function<image::Image()>& picture)>;

enum class StopReason { iterations, loss_reached, time_limit, cancelled };

struct StylizeResult {
  image::Image image;
  Losses losses;       ///< of the result at its size
  int iterations = 0;  ///< done
  double seconds = 0;
  StopReason stop_reason = StopReason::iterations;
  int tile = tile_off;  ///< edge of the tiles it was computed in, px, or tile_off
  std::string engine;   ///< that computed it: "winograd", "bf16" or "torch"
};

/// Memory that stylize() takes for a content of this size, bytes, as measured on a few; more where
/// init or style_scale bring larger pictures.
[[nodiscard]] double estimated_bytes(const StylizeOptions& options, image::Size content);

/// Repaints `content` with the texture of the styles by optimising pixels, coarse to fine.
///
/// Source: Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR
/// 2016. Minimises content_weight * content + style_weight * style + tv_weight * tv over scales
/// sqrt(2) apart, from options.min_size to the long edge of `content`, each starting from the last
/// one's picture. Differs: terms are normalised; the default style term is the squared
/// 2-Wasserstein distance between Gaussians (src/style/losses/wasserstein.hpp) in place of the Gram
/// matrices'.
///
/// Shapes: `content` already has the size of the result; every edge of every picture >= 16 px.
/// Styles are resized to the content's long edge times style_scale. `init` is used when
/// options.init names a file. Alpha of the content passes through untouched. Cancelled, timed out
/// or satisfied early, it returns what it has, at the size of `content`.
///
/// Throws Error invalid_argument for options or pictures outside these limits, out_of_memory with
/// the remedy when an allocation fails.
[[nodiscard]] StylizeResult stylize(const nets::FeatureNet& net, const image::Image& content,
                                    const std::vector<image::Image>& styles,
                                    const StylizeOptions& options,
                                    const image::Image* init = nullptr, const OnStep& on_step = {},
                                    std::stop_token stop = {});

}  // namespace atelier::style
