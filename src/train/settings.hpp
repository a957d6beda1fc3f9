// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/ScalarType.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "atelier/train/options.hpp"
#include "train/learner.hpp"

namespace atelier::train {

// What every task makes of TrainOptions.

/// The schedule falls to `last`, a share of the learning rate.
[[nodiscard]] LearnerOptions learner_options(const TrainOptions& options, double last = 0.01);

/// What convolutions are computed in; nothing: float32.
[[nodiscard]] std::optional<c10::ScalarType> low_precision(const TrainOptions& options);

/// Those that decide the result, as a recipe records them; what only decides when something is
/// told, or where it is computed, is left out.
[[nodiscard]] nlohmann::json deciding(const TrainOptions& options);

/// Threads that make samples: a GPU eats them faster than one makes them.
[[nodiscard]] int sample_makers();

}  // namespace atelier::train
