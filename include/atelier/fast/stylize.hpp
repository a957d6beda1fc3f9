// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/fast/painter.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::fast {

/// `stylize --method fast`: the content painted in one pass, with what style::stylize() offers
/// besides: styles by their blend weights and in places of their own, colours, protection.
///
/// What the content is as a whole is seen in a copy of whole_size(): norms, colours, and what its
/// own style is where strength is below 1.
///
/// Where masks part the picture, it is painted once for each place, and the paintings are mixed by
/// the masks, pixel by pixel; what no style reaches and what is protected stays the photograph.
/// `looks`: what the frames of a scene share, one for each place; filled in when it is empty, so
/// that frames do not flicker. Throws Error as Painter::paint, and invalid_argument for options
/// that contradict each other.
[[nodiscard]] image::Image stylize(const Painter& painter, style::StylizePictures pictures,
                                   const style::StylizeOptions& options,
                                   std::vector<Look>* looks = nullptr);

/// The same part by part, for pictures that do not fit into memory; without masks.

/// The size of the copy in which a content of this size is seen as a whole: norm_edge at most.
[[nodiscard]] image::Size whole_size(image::Size content);

/// The long edge at which a style is looked at, of a content of this size. As in optimisation that
/// of the content times style_scale, so that strokes keep their place in the picture; but no more
/// than studied_edge for a content of any size, beyond which no stroke fits into what the network
/// sees of a picture, and a painting blown up is smooth.
[[nodiscard]] int style_edge(const style::StylizeOptions& options, image::Size content);
inline constexpr int studied_edge = 2048;  ///< px, at style_scale 1 and below; twice that above

/// What stylize() works out before it paints. `whole`: the content at whole_size().
[[nodiscard]] Look look_of(const Painter& painter, image::Image whole,
                           std::vector<image::Image> styles, const style::StylizeOptions& options);

/// A part of the content painted. What lies within look.halo() of an edge that is not the
/// picture's is to be cut away. `tile`: as Look::paint() takes it. `place`: of the part in the
/// content.
[[nodiscard]] image::Image paint_part(const Look& look, image::Image part,
                                      const style::StylizeOptions& options, int tile,
                                      Place place = {});

/// Memory that painting takes while the network sees `seen` pixels at once, bytes; without what is
/// as large as the content.
[[nodiscard]] double tile_memory(const style::StylizeOptions& options, image::Size content,
                                 double seen);

/// Memory that stylize() takes for a content of this size on the processor, bytes; painted in tiles
/// as the options say. Estimated from what was measured.
[[nodiscard]] double estimated_memory(const style::StylizeOptions& options, image::Size content);

}  // namespace atelier::fast
