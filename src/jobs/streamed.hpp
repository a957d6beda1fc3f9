// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "atelier/fast/painter.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/image.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// From how many pixels on method fast paints from disk to disk (fast/strips.hpp): below, all is
/// small, and reading the photograph once is quicker than twice.
inline constexpr double streamed_pixels = 4e6;

/// Whether a photograph that is painted at this size is streamed: one pass, nothing that needs the
/// whole picture (masks, faces), and no `--tile off`.
[[nodiscard]] bool is_streamed(const style::StylizeOptions& options, image::Size size);

/// A picture file that a one-pass network paints into another.
struct StreamedPainting {
  std::filesystem::path photo, output;
  style::StylizeOptions options;  ///< of size, tiles and colours
  image::SaveOptions save;
};

/// What is worked out of the photograph as a whole, of which this is a copy; `size`: its own.
using LookOf = std::function<fast::Look(image::Image whole, image::Size size)>;

/// Paints it from disk to disk (fast/strips.hpp). Progress is told strip by strip. Returns the
/// size. `seconds`: that painting took are added. Throws Error as fast::paint_strips, image::load
/// and image::save; cancelled when `stop` asks for it: nothing is written then.
image::Size paint_streamed(const StreamedPainting& painting, const LookOf& look_of,
                           const OnProgress& on_progress, const std::stop_token& stop,
                           double& seconds);

/// The same of a request whose photograph is_streamed(), with this recipe.
image::Size paint_streamed(const StylizeRequest& request, const fast::Painter& painter,
                           const std::string& recipe, const OnProgress& on_progress,
                           const std::stop_token& stop, double& seconds);

}  // namespace atelier::jobs
