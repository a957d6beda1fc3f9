// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/verse/english_sounds.hpp"

namespace atelier::jobs {

/// How English words sound, by the pronouncing dictionary. Throws Error missing_weights, with the
/// command that brings it, where it was not fetched or is damaged.
[[nodiscard]] verse::EnglishSounds english_sounds();

}  // namespace atelier::jobs
