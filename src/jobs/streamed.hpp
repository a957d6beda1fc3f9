// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>

#include "atelier/fast/painter.hpp"
#include "atelier/image/image.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// From how many pixels on method fast paints from disk to disk (fast/strips.hpp): below, all is
/// small, and reading the photograph once is quicker than twice.
inline constexpr double streamed_pixels = 4e6;

/// Whether a photograph that is painted at this size is streamed: one pass, nothing that needs the
/// whole picture (masks, faces), and no `--tile off`.
[[nodiscard]] bool is_streamed(const style::StylizeOptions& options, image::Size size);

/// Paints request.content into request.output, with this recipe. Progress is told strip by strip.
/// Returns the size. `seconds`: that painting took are added. Throws Error as fast::paint_strips,
/// image::load and image::save; cancelled when `stop` asks for it: nothing is written then.
image::Size paint_streamed(const StylizeRequest& request, const fast::Painter& painter,
                           const std::string& recipe, const OnProgress& on_progress,
                           const std::stop_token& stop, double& seconds);

}  // namespace atelier::jobs
