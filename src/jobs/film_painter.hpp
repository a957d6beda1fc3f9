// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "atelier/fast/painter.hpp"
#include "atelier/image/image.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/film.hpp"
#include "atelier/style/stylize.hpp"
#include "atelier/vision/cuts.hpp"

namespace atelier::jobs {

/// Paints the frames of a film one after the other, each from the painting before it. Keeps one
/// frame and one painting, however long the film.
class FilmPainter {
 public:
  /// `options.tile` and `.engine` are settled with the first frame, so that all frames are computed
  /// alike.
  /// `shared`: all that every frame is painted from; its content, masks and last painting are set
  /// here.
  /// `one_pass`: paints the frames by itself, each from its photograph; null: they are optimised.
  FilmPainter(nets::FeatureNet net, style::StylizePictures shared, style::StylizeOptions options,
              std::unique_ptr<const fast::Painter> one_pass = {});

  struct Painted {
    style::StylizeResult result;
    bool fresh = true;  ///< begun anew: the first frame, or the first after a cut
    double kept = 0;    ///< share of the picture that could be taken over from the last painting
    /// Root mean square of the painting's difference to the last one, moved along, where that is
    /// trusted; in the range of values, 0..1.
    double change = 0;
  };
  /// A fresh frame is painted as a still picture is, and for two frames' steps more at full size.
  /// All frames of the film in their order, of one size. A painting that was ended by `stop` is not
  /// gone on from.
  [[nodiscard]] Painted paint(image::Image frame, const style::OnStep& on_step = {},
                              std::stop_token stop = {});

  /// Takes a frame for painted that was painted before, its painting only when the next is begun
  /// from it.
  void skip(image::Image frame, std::optional<image::Image> painting);

  [[nodiscard]] const style::StylizeOptions& options() const noexcept { return options_; }

 private:
  void settle(const image::Image& first, const std::stop_token& stop);
  void look_for_faces(const image::Image& frame);

  [[nodiscard]] style::StylizeResult painted(style::StylizePictures pictures,
                                             const style::StylizeOptions& options,
                                             const style::OnStep& on_step, std::stop_token stop);

  nets::FeatureNet net_;
  std::unique_ptr<const fast::Painter> one_pass_;
  std::vector<fast::Look> looks_;  // of the scene
  style::StylizePictures shared_;
  style::StylizeOptions options_, frame_options_;  // as they were given, and as frames take them
  style::StyleMemory memory_;
  bool settled_ = false;
  vision::CutFinder cuts_;
  std::optional<image::Image> frame_, painting_;  // the last ones
};

}  // namespace atelier::jobs
