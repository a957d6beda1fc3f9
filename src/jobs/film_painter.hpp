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
#include "atelier/tensor/compute.hpp"
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
    /// Share of the picture that could be taken over from the last painting; none of fresh frames,
    /// nor in one pass.
    std::optional<double> kept;
    /// Root mean square of the painting's difference to the last one, moved along, where that is
    /// trusted; in the range of values, 0..1. None where `kept` is none.
    std::optional<double> change;
  };
  /// A fresh frame is painted as a still picture is, and for two frames' steps more at full size.
  /// All frames of the film in their order, of one size. A painting that was ended by `stop` is not
  /// gone on from.
  [[nodiscard]] Painted paint(image::Image frame, const style::OnStep& on_step = {},
                              std::stop_token stop = {});

  /// Takes a frame for painted that was painted before, `fresh` or not; its painting only when the
  /// next is begun from it, which never is so in one pass.
  void skip(image::Image frame, bool fresh, std::optional<image::Image> painting);

  /// Whether paintings are begun from the last one, and not by themselves.
  [[nodiscard]] bool begins_from_last() const noexcept { return !one_pass_; }

  [[nodiscard]] const style::StylizeOptions& options() const noexcept { return options_; }

 private:
  void settle(const image::Image& first, const std::stop_token& stop);
  void look_for_faces(const image::Image& frame);
  [[nodiscard]] Painted paint_by_itself(image::Image frame);

  nets::FeatureNet net_;
  std::unique_ptr<const fast::Painter> one_pass_;
  std::optional<tensor::OneThreadedTorch> one_threaded_torch_;  // for all frames, in one pass
  std::vector<fast::Look> looks_;                               // of the scene, in one pass
  std::optional<image::Image> scene_;  // its first frame, when looks are still to be taken
  style::StylizePictures shared_;
  style::StylizeOptions options_, frame_options_;  // as they were given, and as frames take them
  style::StyleMemory memory_;
  bool settled_ = false;
  vision::CutFinder cuts_;
  std::optional<image::Image> frame_, painting_;  // the last ones
};

}  // namespace atelier::jobs
