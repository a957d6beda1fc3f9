// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "appraise/measures/plane.hpp"

namespace atelier::appraise {

// Each in a file of its own; atelier/appraise/aesthetics.hpp says what they are. Planes and
// pictures have edges of at least 16 px.

[[nodiscard]] double colourfulness_of(const image::Image& picture);
[[nodiscard]] double contrast_of(const image::Image& picture);
[[nodiscard]] double sharpness_of(const Plane& luma);
[[nodiscard]] double noise_of(const Plane& luma);
[[nodiscard]] double blocking_of(const Plane& luma);
[[nodiscard]] double complexity_of(const Plane& luma);

}  // namespace atelier::appraise
