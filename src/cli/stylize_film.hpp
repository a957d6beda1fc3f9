// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/jobs/stylize.hpp"
#include "cli/signing.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

/// What was typed of films.
struct GivenFilm {
  GivenOptions film, encode;
  bool animated = false;  ///< --animate
};

/// Adds the options of films to `stylize`.
void add_film_options(CLI::App& command, GivenFilm& given);

/// Whether a film is to be made: of a film, or with --animate. Throws Error invalid_argument when
/// options of films are given for a still picture.
[[nodiscard]] bool makes_film(const GivenFilm& given, const jobs::StylizeRequest& request);

/// Makes it, signs it when that is asked for, and prints the report; returns the exit code.
[[nodiscard]] int stylize_film(const GivenFilm& given, const GivenSigning& signing,
                               const jobs::StylizeRequest& request, bool json, bool quiet);

}  // namespace atelier::cli
