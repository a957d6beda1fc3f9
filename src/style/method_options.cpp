// SPDX-License-Identifier: Apache-2.0
#include "style/method_options.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "atelier/base/error.hpp"

namespace atelier::style {
namespace {

/// What one pass of a network looks at. Presets of steps and losses mean nothing to it; their size
/// does.
constexpr std::string_view of_fast[] = {
    "preset",    "method",           "strength", "fast-model",       "size",           "seed",
    "blend",     "style-scale",      "color",    "color-method",     "color-strength", "style-mask",
    "style-map", "style-map-colors", "protect",  "protect-strength", "tile",           "device",
    "threads"};

bool counts_for_fast(std::string_view name) {
  return std::find(std::begin(of_fast), std::end(of_fast), name) != std::end(of_fast);
}

}  // namespace

void check_method(const StylizeOptions& options) {
  if (options.method == "optimize") {
    if (!options.fast_model.empty() && options.init != "fast") {
      fail(ErrorKind::invalid_argument,
           "--fast-model {} is for --method fast and --init fast; add one, or leave it out.",
           options.fast_model);
    }
    if (options.strength == 1) return;
    fail(ErrorKind::invalid_argument,
         "--strength {} is for --method fast; with --method optimize, --style-weight says how far "
         "it goes.",
         options.strength);
  }
  const StylizeOptions preset = preset_options(options.preset);
  for (const auto& entry : stylize_option_table().entries()) {
    if (counts_for_fast(entry.spec.name) || entry.get(options) == entry.get(preset)) continue;
    fail(ErrorKind::invalid_argument,
         "--{} is for --method optimize; one pass of a network does not look at it: leave it out.",
         entry.spec.name);
  }
}

}  // namespace atelier::style
