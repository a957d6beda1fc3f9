// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "atelier/image/file.hpp"
#include "image/source.hpp"

namespace atelier::image {

/// The size that `options` ask for, as the picture is stored: before its orientation. Refuses,
/// before any pixel is decoded, what would be too small and what a decoder would have to hold whole
/// beyond max_pixels_in_memory. Throws as load().
[[nodiscard]] Size planned_size(const Source& source, const LoadOptions& options);

/// Bytes that the decoder itself holds: of the whole picture where it is stored in one piece.
[[nodiscard]] double decoder_bytes(const Source& source);

/// Throws Error out_of_memory when so many bytes are not free.
void check_memory(const Source& source, double bytes);

/// How much JPEG's decoder may make the picture smaller itself: at least twice the asked size must
/// be left, so that Lanczos decides what is seen.
[[nodiscard]] int jpeg_shrink(const Source& source, Size planned);

/// Whether what JPEG's decoder warned of leaves every pixel as it was meant. libjpeg fills what it
/// cannot read with grey and only warns, so warnings are first taken for errors.
[[nodiscard]] bool is_harmless(const Source& source, const std::string& warning);

/// Stored values of 8 or 16 bits to 0..1.
void to_unit(const void* stored, bool wide, std::size_t count, float* values);

}  // namespace atelier::image
