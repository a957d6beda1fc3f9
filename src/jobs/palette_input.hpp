// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/image/image.hpp"
#include "atelier/palette/palette.hpp"

namespace atelier::jobs {

/// The picture, made smaller where its long edge passes `edge` px; of any size down to one pixel.
[[nodiscard]] image::Image load_for_palette(const std::filesystem::path& path, int edge);

/// The colours of a palette file, or those of a picture (`count`: 0 counts them). Throws Error
/// bad_input when it has none.
[[nodiscard]] palette::Palette palette_from(const std::filesystem::path& path, int count);

/// Refuses an output that is the input, and one that cannot be written: a palette file or a
/// picture. Throws Error invalid_argument or io.
void check_palette_output(const std::filesystem::path& input, const std::filesystem::path& output);

}  // namespace atelier::jobs
