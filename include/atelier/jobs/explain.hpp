// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/jobs/stylize.hpp"
#include "atelier/style/inspection.hpp"
#include "atelier/style/score.hpp"

namespace atelier::jobs {

/// A scale of the painting: what each layer said when it began and when it ended.
struct ExplainedScale {
  int scale = 0;  ///< long edge, px
  int iterations = 0;
  style::LayerLosses begun, ended;
};

/// What one layer alone rebuilds of a picture.
struct RebuiltPicture {
  std::string layer;
  std::string picture;  ///< file in the folder; empty: it could not be made
  bool used = false;    ///< the painting compares this layer so
  std::string note;     ///< why there is no picture
};

/// The painting in small, with one option back at its default.
struct ComparedOption {
  std::string option, value, default_value;  ///< as they are typed
  std::string picture;                       ///< file in the folder; empty: there is none
  style::Score score;                        ///< of the picture
  bool scored = false;
  std::string note;  ///< why there is no picture
};

/// Everything that `--explain` finds out.
struct Explanation {
  std::string content;
  std::vector<std::string> styles;
  std::string preset;
  StylizeReport painting;
  std::vector<ExplainedScale> scales;
  std::vector<RebuiltPicture> textures, contents;
  ComparedOption as_asked;  ///< the painting in small with every option as it was given
  std::vector<ComparedOption> options;
  double seconds = 0;
  bool cancelled = false;
};

[[nodiscard]] nlohmann::json to_json(const Explanation& explanation);

/// jobs::stylize() of `request`, and into `folder` (made when it is missing) what teaches how the
/// painting came about: index.html with its pictures beside it, and report.json. There are
///   the losses of every layer at both ends of every scale, and of all steps (losses.svg);
///   what each style layer alone rebuilds of the first painting's texture, and each layer of the
///   photograph, with 160 px edges, of the layers that the options name (style/rebuild.hpp);
///   for each option that differs from its preset, the painting at 192 px with a short schedule as
///   it was asked for and with that option back at its default, each scored by style::score() on
///   VGG-19, mean over the styles.
///
/// The page is written anew after every part, each file whole or not at all; `stop` ends it with
/// what there is, and the painting as jobs::stylize() does. Throws Error as jobs::stylize(), and io
/// when the folder cannot be written.
[[nodiscard]] Explanation explain(const StylizeRequest& request,
                                  const std::filesystem::path& folder,
                                  const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::jobs
