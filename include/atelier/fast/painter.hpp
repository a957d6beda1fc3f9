// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::fast {

/// A painting as the one-pass network knows it; cheap to copy and to keep.
class Style {
 public:
  struct Content;
  explicit Style(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  [[nodiscard]] const Content& content() const noexcept { return *content_; }

 private:
  std::shared_ptr<const Content> content_;
};

/// A style and its share in a blend.
struct BlendedStyle {
  Style style;
  double weight = 1;  ///< not negative; weights are made to sum to 1
};

/// As a tile's edge: the picture whole where that takes less than about half a gigabyte, else tiles
/// as large as that allows. What tiles see around their cores is computed twice.
inline constexpr int fitting_tile = -1;
/// What such tiles see at most, px.
inline constexpr int most_fitting_pixels = 2'300'000;

struct PaintOptions {
  double strength = 1;      ///< 0..1: from the photograph in its own style to the painting's
  int tile = fitting_tile;  ///< px, longest edge of tiles' cores, a multiple of 8; 0: one, whole
};

/// All that painting needs besides the picture: the style, the strength, and what a photograph is
/// as a whole. Of one photograph, for its tiles; of a film's first frame, for all of them, which
/// then do not flicker. Cheap to copy.
class Look {
 public:
  struct Content;
  explicit Look(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  [[nodiscard]] const Content& content() const noexcept { return *content_; }

 private:
  std::shared_ptr<const Content> content_;
};

/// Longest edge at which a picture is looked at as a whole, px: the mean and deviation of each
/// layer are taken there, of larger pictures from a smaller copy, so that tiles agree with each
/// other and with the whole.
inline constexpr int norm_edge = 768;

/// Edge of the cells in which the network counts, px: parts begin at multiples of it.
inline constexpr int grid_edge = 8;

/// Where a part begins in its picture, px.
struct Place {
  int top = 0, left = 0;
};

/// Paints any photograph in any style in one pass of a trained network (src/fast/network.hpp).
/// Immutable; safe to use from several threads.
class Painter {
 public:
  /// `model`: a file that training wrote. `vgg`: VGG-19, by which styles are told.
  /// Throws Error missing_weights when there is no such file, bad_input when it is damaged.
  Painter(const std::filesystem::path& model, const nets::FeatureNet& vgg,
          const std::string& device = "cpu");
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  /// Looks at a painting, at the size at which its texture shall be painted. The last few are
  /// remembered, so that a film's frames ask for nothing.
  /// Throws Error invalid_argument when an edge is below 16 px.
  [[nodiscard]] Style study(const image::Image& painting) const;

  /// The photograph painted, of its size. Alpha passes through. Throws Error invalid_argument when
  /// an edge is below 16 px, an option is out of its range, or no style has weight.
  [[nodiscard]] image::Image paint(const image::Image& photo,
                                   const std::vector<BlendedStyle>& styles,
                                   const PaintOptions& options = {}) const;

  /// What paint() works out before it paints: `like` looked at as a whole, and the styles.
  [[nodiscard]] Look look(const image::Image& like, const std::vector<BlendedStyle>& styles,
                          double strength = 1) const;
  /// Paints with it. `tile` as in PaintOptions. `place`: of the photograph in a larger one, whose
  /// part it is.
  [[nodiscard]] image::Image paint(const image::Image& photo, const Look& look,
                                   int tile = PaintOptions{}.tile, Place place = {}) const;

  /// Pixels around a part of a picture that decide how it is painted, a multiple of grid_edge: a
  /// part that is painted with so many beside it, from a place on the grid, is that of the whole.
  [[nodiscard]] int halo() const noexcept;

  /// SHA-256 of the weights.
  [[nodiscard]] const std::string& digest() const noexcept;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace atelier::fast
