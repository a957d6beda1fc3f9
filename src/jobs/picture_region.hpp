// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/image/turn.hpp"

namespace atelier::jobs {

/// What "x,y,width,height" names of a picture of this size. Throws Error invalid_argument when it
/// is no such text, or the part is smaller than 16 px an edge or reaches beyond the picture.
[[nodiscard]] image::Part picture_region(const std::string& text, image::Size picture);

}  // namespace atelier::jobs
