// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "atelier/image/image.hpp"

namespace atelier::fast {

/// As a tile's edge: the picture whole where that takes less than about half a gigabyte, else tiles
/// as large as that allows. What tiles see around their cores is computed twice.
inline constexpr int fitting_tile = -1;
/// What such tiles see at most, px.
inline constexpr int most_fitting_pixels = 2'300'000;

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

/// A one-pass network made ready for a picture: its style, and what the picture is as a whole. Of
/// one photograph, for its tiles; of a film's first frame, for all of them, which then do not
/// flicker. Cheap to copy; safe to use from several threads.
class Look {
 public:
  struct Content;
  explicit Look(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  [[nodiscard]] const Content& content() const noexcept { return *content_; }

  /// The photograph painted, of its size. Alpha passes through. `tile`: px, longest edge of tiles'
  /// cores, a multiple of grid_edge, 0: one, whole, or fitting_tile. `place`: of the photograph in
  /// a larger one, whose part it is. Throws Error invalid_argument when an edge is below 16 px or
  /// `tile` is no such number.
  [[nodiscard]] image::Image paint(const image::Image& photo, int tile = fitting_tile,
                                   Place place = {}) const;

  /// Pixels around a part of a picture that decide how it is painted, a multiple of grid_edge: a
  /// part that is painted with so many beside it, from a place on the grid, is that of the whole.
  [[nodiscard]] int halo() const noexcept;

 private:
  std::shared_ptr<const Content> content_;
};

}  // namespace atelier::fast
