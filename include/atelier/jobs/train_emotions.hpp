// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>

#include "atelier/appraise/train_emotions.hpp"

namespace atelier::jobs {

/// A training of what `appraise` tells of poems. Throws as appraise::train_emotions().
[[nodiscard]] appraise::EmotionsTrained train_emotions(const appraise::EmotionTraining& request,
                                                       const OnProgress& on_progress = {},
                                                       std::stop_token stop = {});

[[nodiscard]] nlohmann::ordered_json to_json(const appraise::EmotionsTrained& trained);

}  // namespace atelier::jobs
