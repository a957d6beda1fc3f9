// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

#include "atelier/base/progress.hpp"
#include "atelier/film/writer.hpp"
#include "atelier/jobs/film.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// A still picture from which a film is made: `paint.output` names the film.
struct AnimateRequest {
  StylizeRequest paint;
  FilmOptions film;
  film::EncodeOptions encode;
};

/// Makes a film of the way from a photograph to its painting, or, with several styles, from the
/// painting in the first style to those in the next ones.
///
/// One style: the steps of the optimisation, shown at full size (style::Unveiling). Several: from
/// each style to the next the blend weights move in twelve even steps, and each is painted from the
/// last, for options.frame_iterations steps. Either way the pictures are shown at an even pace
/// (style::Way); the first and the last stand still for a twelfth of the time each.
///
/// Throws Error invalid_argument for options that do not fit, and as stylize() and
/// film::FilmWriter. Stopped, nothing is written.
[[nodiscard]] FilmReport animate(const AnimateRequest& request, const OnProgress& on_progress = {},
                                 std::stop_token stop = {});

}  // namespace atelier::jobs
