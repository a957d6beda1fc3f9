// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>

#include "atelier/fast/stylize.hpp"
#include "atelier/image/rows.hpp"

namespace atelier::fast {

/// Painting from disk to disk, so that a picture of any size stands in memory a strip at a time.
/// What stylize() does without masks, but for rounding: first the picture is read once for
/// read_whole(), of which look_of() works out all that is of the picture as a whole; then again for
/// paint_strips().

/// How a picture is parted: strips over its whole width, each painted in tiles. Edges of what is
/// kept, px, multiples of grid_edge; each tile sees halo() px around it.
struct Strips {
  int rows = 0, columns = 0;
  [[nodiscard]] int count(image::Size size) const { return (size.height + rows - 1) / rows; }
};
/// As options.tile says; with tile_auto as large as keeps halos few and memory small.
[[nodiscard]] Strips strips_for(const style::StylizeOptions& options, image::Size size, int halo);

/// Memory that painting in strips takes, bytes, besides what encoders hold whole (image/rows.hpp).
/// Estimated from what was measured.
[[nodiscard]] double strips_memory(const style::StylizeOptions& options, image::Size size,
                                   bool alpha);

/// The picture at whole_size(): reads all rows. Throws Error cancelled when `stop` asks for it.
[[nodiscard]] image::Image read_whole(image::RowReader& picture, const std::stop_token& stop = {});

/// Called after each strip with the number of those done.
using OnStrip = std::function<void(int done)>;

/// Paints `from`, of which no row was read yet, into `to`, which still is to be finished. `stop` is
/// looked at before each tile: throws Error cancelled. Else throws as RowReader, RowWriter and
/// Painter::paint.
void paint_strips(const Look& look, const style::StylizeOptions& options, image::RowReader& from,
                  image::RowWriter& to, const OnStrip& on_strip = {},
                  const std::stop_token& stop = {});

}  // namespace atelier::fast
