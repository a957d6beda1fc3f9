// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "atelier/assist/level.hpp"
#include "atelier/assist/scene.hpp"
#include "atelier/assist/values.hpp"

namespace atelier::assist {

/// Where the visual weight lies. 1: its centre is the picture's, 0: at a border.
struct Balance {
  double value = 1;
  Point centre{0.5, 0.5};
};

/// How near subjects and the horizon are to the lines of a division and to where these cross.
struct Placement {
  double value = 0;     ///< 0: far from all; 1: every subject on a crossing
  Point crossing;       ///< the one that is nearest to the heaviest subject
  double distance = 1;  ///< from there, |x - x'| + |y - y'| in shares of the picture
};

/// How like its mirror images a picture is: correlation of light and dark, 0..1.
struct Symmetry {
  double left_right = 0;  ///< about the upright line at `axis`
  double axis = 0.5;      ///< 0..1 from the left, the best one within the middle fifth
  double top_bottom = 0;  ///< about the level line through the middle: as a reflection in water
};

/// A line that leads the eye to the main subject.
struct LeadingLine {
  Line line;             ///< ends where the subject is
  double certainty = 0;  ///< 0..1
};

/// Where several long lines would meet.
struct VanishingPoint {
  Point place;           ///< may lie outside the picture
  double certainty = 0;  ///< 0..1
};

struct Leading {
  double value = 0;                ///< 0: nothing leads; 1: several long lines do
  std::vector<LeadingLine> lines;  ///< the surest first, at most six
  std::optional<VanishingPoint> vanishing;
};

/// Space around what is looked at.
struct Room {
  double left = 0, top = 0, right = 0,
         bottom = 0;               ///< beside the main subject, 0..1 of the picture
  std::optional<double> headroom;  ///< above the highest head, in heights of that head
  std::optional<double> lead;  ///< of a head seen from the side: the part of the space beside it
                               ///< that lies before its eyes, 0..1; above 1/2 is room to look into
};

/// A picture's composition in figures. Each is 0..1 unless said; none is a judgement: good
/// pictures lie at both ends of every one.
struct Composition {
  Balance balance;
  std::optional<Placement> thirds, golden;  ///< where there is a subject or a certain horizon
  double diagonals = 0;  ///< how much of long lines' length runs along a diagonal
  Symmetry symmetry;
  Level level;
  Leading leading;
  std::optional<Room> room;  ///< where there is a subject
  double empty = 0;          ///< share of the picture where nothing draws the eye
  Values values;
};

/// Measures a composition. `picture` is the one that `scene` was made from.
///
/// Source of balance, thirds and diagonals: Liu, Chen, Wolf, Cohen-Or, "Optimizing Photo
/// Composition", Computer Graphics Forum 29, 2010. With M the subjects' weights and d distances in
/// shares of the picture,
///   balance   = exp(-d^2 / (2 * 0.2^2)), d from the centre of the weight to that of the picture;
///   placement = 1/3 points + 2/3 lines, each a mean of exp(-d^2 / (2 * 0.17^2)): points by M, d
///               from a subject's centre to the nearest crossing; lines by M and the horizon's
///               length, d to the nearest line;
///   diagonals = sum over lines of length * exp(-d^2 / (2 * 0.17^2)), d the greater of an end's
///               distance to the diagonal and the sine of the angle between, over all lengths.
/// Differs: subjects are areas of saliency and heads; the golden section is measured as thirds are,
/// at 0.382 and 0.618; what are lines of subjects there are their centres here.
///
/// Symmetry is the correlation of Oklab's lightness with its mirror image at 96 px, after slow
/// changes over 1/8 of the picture were taken away and the rest was evened out; 1 where there is
/// nothing to compare.
[[nodiscard]] Composition measure(const image::Image& picture, const Scene& scene,
                                  int value_steps = 3);

}  // namespace atelier::assist
