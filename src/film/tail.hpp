// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace atelier::film {

/// Puts a recipe into a finished GIF, as a comment extension before its trailer, or WebP, as an XMP
/// chunk at its end: FFmpeg writes no metadata there. `name` is what messages call the file. Throws
/// Error io.
void append_recipe(const std::filesystem::path& file, const std::string& name,
                   const std::string& recipe);

/// Lets the last frame of an animated WebP be shown until this time in ms: libwebp takes the mean
/// of those before. Nothing happens in a still one. Throws Error io.
void end_webp_at(const std::filesystem::path& file, const std::string& name, std::int64_t end);

/// The text of the XMP chunk of a WebP.
[[nodiscard]] std::optional<std::string> xmp_of_webp(const std::filesystem::path& path);

}  // namespace atelier::film
