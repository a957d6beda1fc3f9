// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/image/image.hpp"

namespace atelier::jobs {

/// A part of a picture, px from its upper left corner.
struct PictureRegion {
  int x = 0, y = 0, width = 0, height = 0;
};

/// What "x,y,width,height" names of a picture of this size. Throws Error invalid_argument when it
/// is no such text, or the part is smaller than 16 px an edge or reaches beyond the picture.
[[nodiscard]] PictureRegion picture_region(const std::string& text, image::Size picture);

/// That part alone.
[[nodiscard]] image::Image cut_out(const image::Image& picture, const PictureRegion& region);

}  // namespace atelier::jobs
