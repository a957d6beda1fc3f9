// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/assist/composition.hpp"

namespace atelier::assist {

[[nodiscard]] Symmetry symmetry_of(const image::Image& picture);

}  // namespace atelier::assist
