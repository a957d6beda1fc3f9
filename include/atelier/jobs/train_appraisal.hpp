// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>

#include "atelier/appraise/train.hpp"

namespace atelier::jobs {

/// A training of what `appraise` tells. Throws as appraise::train_appraisal().
[[nodiscard]] appraise::AppraisalTrained train_appraisal(const appraise::AppraisalTraining& request,
                                                         const OnProgress& on_progress = {},
                                                         std::stop_token stop = {});

[[nodiscard]] nlohmann::ordered_json to_json(const appraise::AppraisalTrained& trained);

}  // namespace atelier::jobs
