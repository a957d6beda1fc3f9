// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

struct ChosenStyle {
  StylizeRequest request;             ///< with the chosen painting as its only style
  std::vector<std::string> warnings;  ///< of pictures in the folder that could not be read
};

/// Ranks the paintings of request.style_from for its photograph and takes the best. Throws Error
/// invalid_argument when styles are named besides or style_from is no folder, and as match().
[[nodiscard]] ChosenStyle choose_style(const StylizeRequest& request, const OnProgress& on_progress,
                                       std::stop_token stop);

}  // namespace atelier::jobs
