// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/jobs/recipe.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::jobs {

/// Where the results of a run go besides the picture. Empty paths: not wanted.
struct StylizeExtras {
  std::string preview;                      ///< picture replaced at once every preview_every steps
  int preview_every = 10;                   ///< steps
  std::string trace;                        ///< a JSON line a step is appended
  std::string plot;                         ///< SVG of the losses, written at the end
  std::string checkpoint{};                 ///< file from which a stopped painting is gone on with
  double checkpoint_every = 30;             ///< s
  std::string checkpoint_unfit = "refuse";  ///< or "replace"
};

[[nodiscard]] const OptionTable<StylizeExtras>& stylize_extras_table();

/// One painting to be made. Every path is one that the user named.
struct StylizeRequest {
  std::filesystem::path content;
  std::vector<std::filesystem::path> styles;
  std::filesystem::path
      style_from;  ///< folder whose best match is the style; `styles` is empty then
  std::filesystem::path output;
  style::StylizeOptions options;  ///< preset and explicit options already applied
  StylizeExtras extras;
  std::optional<Recipe> repeats;      ///< the recipe that this run repeats, when it does
  std::optional<StyleChoice> choice;  ///< how the style was chosen, when it was
};

struct StylizeReport {
  std::filesystem::path output;
  int width = 0, height = 0;  ///< px
  std::string method = "optimize";
  double seconds = 0;             ///< of painting; reading and writing are not counted
  double checkpoint_seconds = 0;  ///< of them, spent on checkpoints by this run
  int iterations = 0;
  int resumed_at = 0;       ///< of them, those that runs before took
  style::Losses losses;     ///< of method optimize
  std::string stop_reason;  ///< "iterations", "loss_reached", "time_limit" or "cancelled"
  std::int64_t peak_rss_bytes = 0;
  std::string device;          ///< "cpu", "cuda:0"
  std::string precision;       ///< "fp32", "bf16"
  std::string engine;          ///< "winograd", "bf16", "torch"
  int tile = style::tile_off;  ///< px, or tile_off
  int threads = 0;
  std::uint64_t seed = 0;
  std::optional<std::size_t> faces;           ///< found, where they were to be protected
  std::vector<std::filesystem::path> styles;  ///< that were painted with
  std::optional<StyleChoice> choice;          ///< how the style was chosen, when it was
  std::vector<std::string> warnings;  ///< of things that failed without spoiling the picture
};

[[nodiscard]] nlohmann::json to_json(const StylizeReport& report);

/// Repaints a photograph and writes the picture with its recipe.
///
/// Everything that can be refused is refused before the first step: contradictory options, paths
/// that name one file twice, pictures that cannot be read, an output that cannot be written,
/// missing weights. `stop` ends the run early: what was painted so far is written and stop_reason
/// is "cancelled". A preview or trace that fails on the way is given up with a warning; the picture
/// goes on.
///
/// With a checkpoint, a painting that was stopped, by whatever, is gone on with
/// (style/checkpoint.hpp), and the file goes once the picture is written. One that is damaged or of
/// another painting is refused or, where extras say so, replaced with a warning. The trace goes on
/// where the checkpoint was, and the plot shows all steps.
///
/// One pass of a network over a large photograph goes from disk to disk, strip by strip
/// (fast/strips.hpp). What it has painted when `stop` is requested is no picture: it throws Error
/// cancelled and writes nothing.
///
/// With request.style_from the paintings of that folder are ranked first (jobs/match.hpp), the
/// photograph and the output left out, and the best is painted with; those that cannot be read are
/// warnings.
///
/// Throws Error as style::stylize, nets::FeatureNet::load, image::load and image::save.
[[nodiscard]] StylizeReport stylize(const StylizeRequest& request,
                                    const OnProgress& on_progress = {}, std::stop_token stop = {});

/// The request that repeats `recipe`, read from `recipe_file`. `content` and `styles` may be empty:
/// they are then found as find_recorded() says; when given, their content must have the recorded
/// digests. Throws Error bad_input when a picture is missing or has changed.
[[nodiscard]] StylizeRequest repeat_request(const Recipe& recipe,
                                            const std::filesystem::path& recipe_file,
                                            const std::filesystem::path& content,
                                            const std::vector<std::filesystem::path>& styles);

}  // namespace atelier::jobs
