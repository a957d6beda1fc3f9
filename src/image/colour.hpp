// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vips/vips8>

namespace atelier::image {

/// How a decoded picture's channels are to be read.
struct Channels {
  int colours = 3;  ///< 1 grey, 3 RGB or Lab, 4 CMYK; the next one is alpha
  bool alpha = false;
  int bits = 8;
};

/// Throws Error bad_input when there is no such reading: floating-point samples, 5 inks.
[[nodiscard]] Channels channels_of(const vips::VImage& image, const std::filesystem::path& path);

/// To sRGB: R, G, B and alpha where there is one, each 8 or 16 bit without sign.
///
/// With the embedded ICC profile, relative colorimetric with black-point compensation, in one step
/// from the stored bits to 16. A profile that is damaged or of another kind than the channels
/// counts as none. Without one, RGB is taken as sRGB, grey as grey with sRGB's curve, CMYK by
/// libvips' own profile of typical offset print; Lab has D65 white. A picture tagged with our own
/// sRGB profile passes bit for bit.
[[nodiscard]] vips::VImage to_srgb(const vips::VImage& image, const Channels& channels);

}  // namespace atelier::image
