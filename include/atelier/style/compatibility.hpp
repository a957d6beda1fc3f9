// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

/// How the colours of a painting differ from a photograph's, in Oklab (Ottosson 2020) times 100: a
/// step of 1 is about one difference that can just be told. Positive: the painting has more.
struct PaletteDifference {
  double distance = 0;    ///< sliced 2-Wasserstein distance between the colours, 0 the same
  double lightness = 0;   ///< of the mean colours
  double warmth = 0;      ///< ... along the hue of orange, 60 degrees
  double saturation = 0;  ///< of the mean chroma
};

/// How fine the detail of a picture is.
struct GrainDifference {
  double photograph = 0, painting = 0;  ///< mean wavelength of detail, px at the compared size
  double octaves = 0;  ///< log2(painting / photograph); negative: the painting is finer
};

/// A figure that the model foretells, with its error: an interval of `low` to `high` holds about
/// two thirds of the pairs that it was not fitted to.
struct Foretold {
  double value = 0, low = 0, high = 0;
};

/// One sentence and the figure it comes from.
struct Reason {
  std::string topic;  ///< "palette", "texture" or "structure"
  double figure = 0;
  std::string text;
};

/// How well a style goes with a photograph, told before painting.
struct Compatibility {
  Foretold score;    ///< 0..100: the share of calibration pairs that end at a higher total
  Foretold total;    ///< what a short run with the default weights ends at (docs/match.md)
  Foretold content;  ///< its content term: how much of the photograph's structure is given up
  Foretold style;    ///< its style term: how far from the painting's texture it stays
  PaletteDifference palette;
  GrainDifference grain;
  double style_scale = 1;  ///< --style-scale that gives the painting the photograph's fineness
  std::vector<Reason> reasons;
  std::vector<std::pair<std::string, double>> figures;  ///< all that was measured, by name
};

/// Tells of styles how well they go with one photograph, from statistics alone: nothing is painted.
///
/// Method: each picture is seen once by the network. A layer's activations count as a Gaussian. The
/// squared 2-Wasserstein distance D between the photograph's and the painting's (Olkin, Pukelsheim
/// 1982) is the least mean squared movement that brings the one's statistics to the other's. So
/// D / (painting's second moment) is the style term at the start, and D / (photograph's second
/// moment) the content term once the style is met in full, at least as long as positions move
/// freely. A linear model on logarithms of such figures, of palette and of grain, fitted to pairs
/// that were really painted (prediction.hpp), says what a painting will end at. Ours; the nearest
/// relative is the closed form of linear style transfer by optimal transport (Mroueh, "Wasserstein
/// Style Transfer", AISTATS 2020).
///
/// The calibration holds for VGG-19 with maximum pooling at `match_size` px and the default
/// objective. Other sizes give figures of other magnitude: ranks stay meaningful, the foretold
/// losses less so.
inline constexpr int match_size = 128;  ///< px, long edge that pictures are compared at

class Matcher {
 public:
  /// `content`: each edge >= 16 px, at the size to compare at. `net` must outlive this.
  Matcher(const nets::FeatureNet& net, const image::Image& content);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  /// `style`: of the same long edge. Throws Error invalid_argument when an edge is below 16 px.
  [[nodiscard]] Compatibility operator()(const image::Image& style);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace atelier::style
