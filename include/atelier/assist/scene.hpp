// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "atelier/assist/geometry.hpp"
#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::assist {

/// Part of all saliency that objects must explain, so that they are told.
inline constexpr double objects_told = 0.8;

enum class Facing { viewer, left, right };

/// A face that a detector found.
struct Face {
  Box box;                         ///< from about the brows to the chin and from ear to ear
  double certainty = 0;            ///< 0..1
  Facing facing = Facing::viewer;  ///< where it looks, as the viewer sees it
};

/// A line of text that a detector found.
struct Text {
  Box box;
  double certainty = 0;  ///< 0..1
};

/// A straight edge that a detector found.
struct Edge {
  Line line;
  double surprise = 0;  ///< -log10 of how many chance would draw; the greater, the surer
};

/// What detectors found in a picture. Any part may be empty.
struct Evidence {
  std::vector<Face> faces;
  std::vector<Text> texts;
  std::vector<Edge> edges;
  std::optional<image::Mask> things =
      {};  ///< how surely there is a thing, 0..1, over the whole picture
};

/// All that a network takes for things, in one box.
struct Things {
  Box surely;  ///< reaches as far as there are traces of a thing
  Box nearly;  ///< reaches as far as things are likely
};

/// What draws the eye: a head, or an area that stands out.
struct Subject {
  Box box;
  Point centre;          ///< of its visual weight
  double weight = 0;     ///< share of the picture's visual weight, 0..1
  double clearness = 0;  ///< 0..1: how surely it is one
  bool head = false;     ///< with the hair and a part of the neck
  Facing facing = Facing::viewer;
};

/// A picture as the measures and the search for crops see it.
struct Scene {
  image::Size size;               ///< px, of the picture that was looked at
  image::Mask weight;             ///< visual weight: saliency, and faces, 0..1
  std::vector<Subject> subjects;  ///< the heaviest first; heads before the rest
  std::optional<Things> things;   ///< where the evidence has a map of them
  double objects_certainty = 0;   ///< 0..1: the part of all saliency that objects explain; below
                                  ///< 0.8 none is told by it, since what draws the eye is spread
  Evidence evidence;
};

/// A head around a face: half a face's height above it for the hair, a quarter at each side and
/// below; within the picture.
[[nodiscard]] Box head_of(const Box& face);

/// Puts together what stands out (saliency()) and what detectors and a network found.
///
/// Objects are told only where they are nearly all that stands out, so that they can be relied on:
/// where a picture is full of things, or its ground is not calm, saliency tells none. There,
/// objects are areas of the map of things above 1/2, where evidence has one: at most three, of a
/// hundredth of the picture and a tenth of the largest.
///
/// Things reach, to each side, to where 1/200 of the sum lies beyond of what their map, from its
/// least to its greatest value, has above 0.1 (surely) or 0.25 (nearly): chosen on half of the
/// photographs of docs/frame.md.
[[nodiscard]] Scene see(const image::Image& picture, Evidence evidence);

}  // namespace atelier::assist
