// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"
#include "atelier/style/checkpoint.hpp"
#include "atelier/style/film.hpp"
#include "atelier/style/inspection.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/style_statistics.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

/// The terms of the objective, each normalised so that it means the same for every picture and size
/// (docs/how-it-works.md), and their weighted sum.
struct Losses {
  double content = 0, style = 0, tv = 0, total = 0;
  double histogram = 0, palette = 0, laplacian = 0, temporal = 0;  ///< 0 where they have no weight
};

/// A term by its name.
struct LossName {
  const char* name;
  double Losses::*value;
  bool always;  ///< told also when it is 0
};
/// All of them, in the order that they are told in.
inline constexpr std::array loss_names{
    LossName{"content", &Losses::content, true},      LossName{"style", &Losses::style, true},
    LossName{"histogram", &Losses::histogram, false}, LossName{"palette", &Losses::palette, false},
    LossName{"laplacian", &Losses::laplacian, false}, LossName{"tv", &Losses::tv, true},
    LossName{"temporal", &Losses::temporal, false},   LossName{"total", &Losses::total, true}};

/// Calls `f(name, value)` for each term that is told.
template <class F>
void for_each_loss(const Losses& losses, const F& f) {
  for (const auto& [name, value, always] : loss_names) {
    if (always || losses.*value != 0) f(name, losses.*value);
  }
}

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

/// Where things count, pixel by pixel; each mask has the content's size. Soft edges stay soft.
struct StylizeMasks {
  /// One a style, or none at all. A style without a mask shares what masks leave, by its blend
  /// weight; where masks sum to more than 1 they are scaled to 1; where no style reaches, the
  /// photograph shows through.
  std::vector<std::optional<image::Mask>> styles;
  std::optional<image::Mask> content;  ///< where the photograph's structure counts
  std::optional<image::Mask> protect;  ///< where styles pull less, by options.protect_strength
};

/// What a painting is made from.
struct StylizePictures {
  image::Image content;  ///< of the size of the result
  std::vector<image::Image> styles;
  std::optional<image::Image> init;  ///< where options.init names a file or is fast
  StylizeMasks masks{};
  std::optional<image::Image> texture{};  ///< whose fine texture the styles take over first
  std::optional<LastPainting> last{};     ///< of the frame before, when this is a film's frame
  std::shared_ptr<StyleStatistics> statistics{};  ///< what earlier paintings learnt of the styles
  OnScale on_scale{};  ///< told what each layer says at both ends of each scale
  std::shared_ptr<Checkpoint> checkpoint{};  ///< to go on from and to keep; null: neither
};

/// Room that a painting takes, bytes.
struct Room {
  double memory = 0;
  double disk = 0;  ///< in scratch files (base/scratch_memory.hpp)
};

/// Room that stylize() takes for a content of this size, estimated from a few that were measured;
/// more where init or style_scale bring larger pictures.
[[nodiscard]] Room estimated_room(const StylizeOptions& options, image::Size content);

/// Repaints the content with the texture of the styles by optimising pixels, coarse to fine.
///
/// Source: Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks", CVPR
/// 2016. Minimises content_weight * content + style_weight * style + tv_weight * tv over scales
/// options.scale_step apart, from options.min_size to the long edge of the content, each starting
/// from the last one's picture. Differs: terms are normalised; the default style term is the
/// squared 2-Wasserstein distance between Gaussians (src/style/losses/wasserstein.hpp) in place of
/// the Gram matrices'.
///
/// With masks, statistics are taken region by region and weighted, after Gatys, Ecker, Bethge,
/// Hertzmann, Shechtman, "Controlling Perceptual Factors in Neural Style Transfer", CVPR 2017
/// (src/style/terms/moments_term.hpp). With a texture, each style is first repainted with the
/// texture's statistics of the two finest style layers, beginning at the style and without a
/// content term, after section 6 there.
///
/// Every edge of every picture >= 16 px. Styles are resized to the content's long edge times
/// style_scale. Alpha of the content passes through untouched. Cancelled, timed out or satisfied
/// early, it returns what it has, at the size of the content. `pictures` are taken, for large ones
/// to stand in memory once; beyond one tile, memory does not grow with them, but for what is read
/// and returned (tensor/spill.hpp).
///
/// With `last`, it paints a film's next frame: from the last painting where that may be trusted and
/// from the photograph elsewhere. options.temporal_weight * temporal joins the objective
/// (src/style/terms/temporal_term.hpp). The sizes are those of a still picture, with
/// options.frame_iterations steps at the content's and twice as many at the smallest; what a small
/// size changes is added to the picture as it is, so that no stroke is lost.
/// Source: Ruder, Dosovitskiy, Brox, "Artistic style transfer for videos", GCPR 2016. No noise is
/// added then, which would flicker.
///
/// With a checkpoint, it goes on where that one was: on_step and on_scale are told what comes
/// after, counted from the painting's beginning, as is its time. Where options leave tile and
/// engine to the program, they are the checkpoint's. What options.texture does to styles is done
/// anew. Not with `last`: a film's frames are short, and are kept one by one by whoever makes the
/// film.
///
/// `memory`: of earlier calls with the same network, options and styles, which makes this one
/// quicker and not otherwise different; what is learnt now is left in it.
///
/// Throws Error invalid_argument for options or pictures outside these limits, out_of_memory with
/// the remedy when an allocation fails, io when scratch files have no room, bad_input for a
/// checkpoint that does not fit.
[[nodiscard]] StylizeResult stylize(const nets::FeatureNet& net, StylizePictures pictures,
                                    const StylizeOptions& options, const OnStep& on_step = {},
                                    std::stop_token stop = {}, StyleMemory* memory = nullptr);

}  // namespace atelier::style
