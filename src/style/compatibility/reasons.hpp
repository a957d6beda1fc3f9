// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/style/compatibility.hpp"

namespace atelier::style {

/// Why a style suits or not, in words: one sentence each on palette, texture and structure, from
/// the figures by the thresholds that stand in reasons.cpp. Thresholds of palette and structure are
/// the thirds of the calibration pairs, so that "near" means nearer than two thirds of them.
[[nodiscard]] std::vector<Reason> reasons_for(const Compatibility& of);

}  // namespace atelier::style
