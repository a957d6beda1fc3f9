// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "style/terms/term.hpp"

namespace atelier::style {

/// total_variation() of the picture (style/losses/total_variation.hpp).
[[nodiscard]] std::unique_ptr<PictureTerm> total_variation_term();

}  // namespace atelier::style
