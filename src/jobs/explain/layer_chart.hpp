// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/jobs/explain.hpp"

namespace atelier::jobs {

/// SVG: a row for each layer of each scale, from a ring where its loss began to a dot where it
/// ended, on one logarithmic axis. Losses that are not above zero are left out. Empty when there is
/// nothing to draw.
[[nodiscard]] std::string layer_chart_svg(const std::vector<ExplainedScale>& scales);

}  // namespace atelier::jobs
