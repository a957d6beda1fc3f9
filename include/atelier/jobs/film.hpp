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
#include "atelier/film/writer.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// What is asked of a film besides how its frames are painted and encoded.
struct FilmOptions {
  std::string frames = "all";  ///< of a film: "A..B", counted from 1, both included
  double animate_seconds = 6;  ///< of a film that animate() makes
  double animate_fps = 25;     ///< frames a second of such a film
};

[[nodiscard]] const OptionTable<FilmOptions>& film_option_table();

/// One film to be painted: `paint.content` is the film, `paint.output` the file to write.
struct FilmRequest {
  StylizeRequest paint;
  FilmOptions film;
  film::EncodeOptions encode;
};

struct FilmReport {
  std::filesystem::path output;
  int width = 0, height = 0;       ///< px
  std::int64_t frames = 0;         ///< painted so far, those of earlier runs too
  std::int64_t frames_asked = 0;   ///< of the film, or of the part asked for; 0 when not known yet
  std::int64_t resumed_at = 0;     ///< frames that earlier runs had painted
  std::vector<std::int64_t> cuts;  ///< frames that begin another scene, counted from 1
  double seconds = 0;              ///< of painting in this run
  std::int64_t iterations = 0;
  style::Losses losses;  ///< means over the frames
  /// Mean over frames painted from the one before: root mean square difference to it, moved along,
  /// where that is trusted; 0..1. Empty when there are none, as in one pass, which paints each
  /// frame by itself and follows no motion.
  std::optional<double> change;
  std::optional<double> kept;  ///< mean share of the picture that was taken over by those
  std::string stop_reason;     ///< "iterations", or "cancelled": not written yet
  std::int64_t peak_rss_bytes = 0;
  std::string device, precision, engine;
  int tile = style::tile_off;
  int threads = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> warnings;
};

[[nodiscard]] nlohmann::json to_json(const FilmReport& report);

/// Whether a content is a film (film::is_film), so that stylize_film() is to paint it.
[[nodiscard]] bool is_film(const std::filesystem::path& content);

/// Repaints a film frame by frame and writes it with its sound, its times and its recipe.
///
/// The first frame of a scene is painted as a still picture is. Every other begins from the last
/// painting, moved along by the optical flow between the two frames, where that can be trusted, and
/// from the film's own frame where something has just come into sight; the temporal term holds it
/// to the moved painting there. Source: Ruder, Dosovitskiy, Brox, "Artistic style transfer for
/// videos", GCPR 2016. Differs: flow is OpenCV's DIS; new scenes are found and begun anew; no noise
/// is added.
///
/// Finished frames lie in a hidden folder beside the output, `.OUTPUT.atelier-film`, as PNG, with
/// the last painting in full precision. A run that was stopped, killed or that failed is gone on
/// with by the same request, and the film has the same bytes as of one run. The folder goes when
/// the film is written. Memory does not grow with the film's length; the disk holds its frames.
///
/// In one pass every frame is painted by itself, with the look of its scene's first frame, so that
/// nothing flickers that holds still; motion is not followed, cuts are found.
///
/// With extras, a preview shows the last of every preview_every frames, a trace gets a line a
/// frame, a plot shows the losses over the frames.
///
/// Throws Error invalid_argument for options that do not fit a film, bad_input also when the folder
/// holds frames of another request, and as stylize(), film::FilmReader and film::FilmWriter.
[[nodiscard]] FilmReport stylize_film(const FilmRequest& request,
                                      const OnProgress& on_progress = {},
                                      std::stop_token stop = {});

}  // namespace atelier::jobs
