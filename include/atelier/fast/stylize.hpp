// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/fast/painter.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::fast {

/// `stylize --method fast`: the content painted in one pass, with what style::stylize() offers
/// besides: styles by their blend weights and in places of their own, colours, protection.
///
/// Where masks part the picture, it is painted once for each place, and the paintings are mixed by
/// the masks, pixel by pixel; what no style reaches and what is protected stays the photograph.
/// `looks`: what the frames of a scene share, one for each place; filled in when it is empty, so
/// that frames do not flicker. Throws Error as Painter::paint, and invalid_argument for options
/// that contradict each other.
[[nodiscard]] image::Image stylize(const Painter& painter, style::StylizePictures pictures,
                                   const style::StylizeOptions& options,
                                   std::vector<Look>* looks = nullptr);

}  // namespace atelier::fast
