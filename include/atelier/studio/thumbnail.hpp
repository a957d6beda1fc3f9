// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace atelier::studio {

/// Writes a picture with a long edge of at most `edge` px, 16..4096; a smaller one keeps its size.
/// Throws Error as image::load and image::save.
void write_thumbnail(const std::filesystem::path& picture, const std::filesystem::path& output,
                     int edge);

}  // namespace atelier::studio
