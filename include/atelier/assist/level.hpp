// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "atelier/assist/scene.hpp"
#include "atelier/image/image.hpp"

namespace atelier::assist {

/// A line that parts a picture from side to side.
struct Horizon {
  Line line;             ///< from the left border to the right one
  double tilt = 0;       ///< degrees; above 0: it rises to the right
  double certainty = 0;  ///< 0..1: that it is one, and straight
};

/// How a picture is turned against the plumb line, and by what that is told.
struct Level {
  std::optional<Horizon> horizon;   ///< the surest one, where there is any
  std::optional<double> verticals;  ///< tilt that upright edges tell of, degrees
  double verticals_certainty = 0;   ///< 0..1
  double tilt = 0;       ///< degrees, of the surer of both; turning by it clockwise levels
  double certainty = 0;  ///< 0..1, raised where both agree, lowered where they do not
};

inline constexpr double greatest_tilt = 20;  ///< degrees, that are looked for
inline constexpr double certain = 0.5;       ///< certainty from which on a picture is turned

/// Looks for the horizon and for upright edges.
///
/// A horizon is looked for along edges that lie within greatest_tilt of level and continue each
/// other over at least a third of the width. Around each such line, the step between what lies
/// above and below is found anew in every column (to a part of a pixel, along the direction in
/// which both differ most in Oklab), and a line is fitted to these steps (iteratively reweighted
/// least squares, Tukey's biweight), so that a curl of wave or a house does not bend it. Its
/// certainty is the product of
///   the share of columns whose step lies on the line,
///   how far above and below differ (0.08 in Oklab: wholly),
///   how many of the other long level edges lie within 2 degrees of it,
/// times what another such line, elsewhere and turned by more than 0.5 degrees against it, leaves:
/// 1 less that one's.
///
/// Upright edges of buildings lean towards each other where the camera looked up or down. For
/// an edge at x from the middle, the angle is t + k x, t being the tilt: fitted in the same way to
/// edges within 15 degrees of upright. Its certainty grows with their number, length and spread
/// to both sides and falls with what is left over.
///
/// `picture`: the one that the edges were found in; as large as their precision needs, 1024 px.
[[nodiscard]] Level find_level(const image::Image& picture, const std::vector<Edge>& edges);

/// The greatest area of the picture's own shape within the picture when it has been turned by so
/// many degrees (either way), whose corners are all of the picture: width and height as shares of
/// the picture's own.
[[nodiscard]] double level_share(image::Size size, double degrees);

}  // namespace atelier::assist
