// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "provenance/watermark/pilot.hpp"
#include "provenance/watermark/warp.hpp"

namespace atelier::provenance::watermark {

/// How a plane must be warped so that its tiles lie straight: parts of it are looked at apart, and
/// an affine map is laid through where their tiles begin, by least squares. None for planes too
/// small to have parts, or where too few show the mark.
[[nodiscard]] std::optional<Affine> straighten(const Plane& signal, const PilotPeak& whole,
                                               const Pattern& pattern);

}  // namespace atelier::provenance::watermark
