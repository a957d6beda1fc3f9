// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::image {

/// A palette's mean and covariance in Oklab; the covariance row by row.
struct ColourMoments {
  std::array<double, 3> mean{};
  std::array<double, 9> covariance{};
};

/// Sums the colours of pixels, R, G and B in turn, each counting by its alpha (empty: 1).
class ColourSums {
 public:
  void add(std::span<const float> rgb, std::span<const float> alpha = {});
  void add(const ColourSums& other);
  /// All zero when nothing was added.
  [[nodiscard]] ColourMoments moments() const;

 private:
  double weight_ = 0;
  std::array<double, 3> sum_{};
  std::array<double, 9> squares_{};
};

/// About `count` colours of a picture, evenly spread over it, the same at every call; of pixels
/// covered by half at least. Fewer where the picture has fewer; empty when nothing is covered.
[[nodiscard]] std::vector<Oklab> sampled_colours(const Image& picture, std::size_t count);

/// A map of colours that takes one picture's palette to another's. It is worked out in Oklab:
/// there lightness, hue and chroma can move apart, equal steps look alike, so that "the least
/// movement" means the least change seen, and greys stay on one axis. What it yields may lie
/// outside sRGB.
class PaletteMap {
 public:
  virtual ~PaletteMap() = default;
  [[nodiscard]] virtual Oklab operator()(const Oklab& colour) const = 0;
};

/// The linear map of least mean squared movement that gives the second palette's mean and
/// covariance (that of Monge and Kantorovich between two Gaussians),
///   x -> m' + T (x - m),  T = S^-1/2 (S^1/2 S' S^1/2)^1/2 S^-1/2.
/// Source: Pitie and Kokaram, "The linear Monge-Kantorovitch linear colour mapping for
/// example-based colour transfer", CVMP 2007. Differs: T enlarges no direction more than 5 times,
/// so that what noise a nearly grey painting has does not become colours.
[[nodiscard]] std::unique_ptr<PaletteMap> covariance_map(const ColourMoments& from,
                                                         const ColourMoments& to);

/// A map of the whole distribution, by sliced optimal transport between samples: along three axes
/// at right angles, turned 32 times, each rank of the first moves to the same rank of the second.
///
/// Source: Pitie, Kokaram, Dahyot, "N-dimensional probability density function transfer and its
/// application to colour transfer", ICCV 2005, and "Automated colour grading using colour
/// distribution transfer", CVIU 107, 2007; sliced transport as in Bonneel et al., "Sliced and Radon
/// Wasserstein barycenters of measures", JMIV 51, 2015.
/// Differs: ranks are sorted samples, not histograms. Instead of repairing the picture's gradients
/// afterwards, the samples' movements are smoothed over a grid of colours (33 nodes an axis,
/// Gaussian of one cell) and read between its nodes: neighbouring colours move alike, so flat areas
/// get no bands and grain is not enlarged. Colours far from every sample move as the nearest do.
/// The turns come from a sequence of low discrepancy, not from chance.
///
/// An empty side gives the identity.
[[nodiscard]] std::unique_ptr<PaletteMap> transport_map(std::span<const Oklab> from,
                                                        std::span<const Oklab> to);

/// Moves each pixel by `share` (0..1) of the way that the map moves it, then into sRGB as
/// in_gamut() does.
void apply_palette_map(const PaletteMap& map, double share, std::span<float> rgb);

}  // namespace atelier::image
