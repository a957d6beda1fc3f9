// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/jobs/stylize.hpp"
#include "cli/signing.hpp"
#include "cli/stylize_film.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {

/// What was typed after `stylize`.
struct GivenStylize {
  std::string content, output, recipe, style_from, explain;
  std::vector<std::string> styles, sweep;
  GivenOptions options, extras, batch;
  GivenFilm film;
  GivenSigning signing;
  bool json = false, quiet = false;
};

/// Paints many pictures, each as `each` says; returns the exit code.
[[nodiscard]] int stylize_many(const GivenStylize& given, const jobs::StylizeRequest& each);

/// Paints one picture with every combination of the swept options; returns the exit code.
[[nodiscard]] int stylize_sweep(const GivenStylize& given, const jobs::StylizeRequest& each);

}  // namespace atelier::cli
