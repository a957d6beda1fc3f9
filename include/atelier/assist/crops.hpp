// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/assist/composition.hpp"
#include "atelier/assist/scene.hpp"
#include "atelier/image/image.hpp"
#include "atelier/image/turn.hpp"

namespace atelier::assist {

/// The shape of a crop.
struct Aspect {
  std::string name;             ///< "4:5", "original" or "whole"
  double across = 1, down = 1;  ///< of which only the ratio counts
  bool whole = false;           ///< the picture as it is
};

inline constexpr double longest_aspect = 20;  ///< long edge over short edge, that is cropped to

/// Reads "W:H" (decimals allowed, as in 1.91:1), "original": the picture's own, or "whole": all of
/// the picture. Throws Error invalid_argument for another text, and a ratio beyond longest_aspect.
[[nodiscard]] Aspect parse_aspect(std::string_view text, image::Size picture);

/// A part of a picture of this size, in shares of it.
[[nodiscard]] Box box_of(const image::Part& part, image::Size picture);

/// The largest size of this shape within `picture`, the shorter edge not above `shorter` px: the
/// longer edge is within half a pixel of exact.
[[nodiscard]] image::Size crop_size(const Aspect& aspect, image::Size picture, int shorter);

struct Crop {
  image::Part part;
  double score = 0;                  ///< 0..1, to rank by
  bool sure = false;                 ///< that it cuts nothing that draws the eye
  std::vector<std::string> reasons;  ///< in words
};

/// What is proposed for one shape.
struct Proposal {
  Aspect aspect;
  std::vector<Crop> crops;  ///< the best first; empty where none is possible
  std::string refusal;      ///< why, in words, where there is none
};

/// Proposes crops of a picture of `size` px, which `scene` and `composition` describe: at most
/// `each` of every shape that differ clearly (common part over united part under 3/4).
///
/// Nothing is cut: heads, lines of text and subjects lie in a crop wholly, with a margin, or not at
/// all. The main subject, all heads at least half as high as the greatest and all objects at least
/// half as heavy as the main one lie in it; where they do not fit, the main subject alone; where
/// that does not fit, no crop of that shape is proposed. What the picture's own border cuts may
/// touch it.
///
/// Where the scene knows of things (see()), all of these lie in a crop too, with a margin: as far
/// as there are traces of them, then the crop is sure; where that does not fit, as far as they are
/// likely. Without them, crops of pictures whose objects saliency tells are sure. Elsewhere what
/// draws the eye is spread over the picture: beside heads and text, a crop may cut something.
/// Crops that are not sure are the largest of their shape and take at most 10 % of the picture from
/// each side; where that cannot be, there is none. All of a picture is sure.
///
/// Among what is left, sizes of sure ones down to half an edge of the largest and places in a grid,
/// the score is
///   0.25 visual weight kept + 0.20 thirds or golden section, whichever fits better
///   + 0.15 room around the main subject and its head + 0.15 quiet borders + 0.10 balance
///   + 0.10 size of the main subject + 0.05 area kept.
/// Of a picture that is its own mirror image (symmetry from 0.7 on), an axis in the middle counts
/// in place of thirds; without a subject, the centre of the visual weight in the middle. The shares
/// are our own, chosen by looking at overlays.
[[nodiscard]] std::vector<Proposal> propose_crops(const Scene& scene,
                                                  const Composition& composition, image::Size size,
                                                  const std::vector<Aspect>& aspects, int each);

}  // namespace atelier::assist
