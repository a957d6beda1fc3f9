// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/style/stylize.hpp"

namespace atelier::jobs {

/// The losses over the iterations as an SVG picture: logarithmic axis of losses, one line a term, a
/// rule where a new scale begins. Losses that are not above zero are left out. At most 1,000 points
/// a line.
[[nodiscard]] std::string loss_plot_svg(const std::vector<style::Step>& steps);

}  // namespace atelier::jobs
