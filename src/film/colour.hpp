// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "atelier/image/image.hpp"
#include "film/ffmpeg.hpp"

namespace atelier::film {

/// What a decoded frame's numbers mean (ITU-T H.273), guesses made.
struct Meaning {
  AVColorSpace matrix = AVCOL_SPC_BT709;
  bool full = false;  ///< 0..255 instead of 16..235 (16..240 for chroma), at 8 bits
  AVColorPrimaries primaries = AVCOL_PRI_UNSPECIFIED;
  AVColorTransferCharacteristic transfer = AVCOL_TRC_UNSPECIFIED;
  double peak = 1000;  ///< nits of the brightest light meant, for HDR

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

/// The guesses stand in reader.hpp.
[[nodiscard]] Meaning meaning_of(const AVFrame& frame);

/// Bits a channel of a pixel format, and whether it has coverage.
[[nodiscard]] int bits_of(int format);
[[nodiscard]] bool has_alpha(int format);

/// Luma weights of R and B; G has the rest.
struct Luma {
  double r, b;
  [[nodiscard]] double g() const { return 1 - r - b; }
};
[[nodiscard]] Luma luma_of(AVColorSpace matrix);

/// R'G'B' and coverage of a decoded frame in 0..1, as its matrix and range say; clipped. Reads each
/// component at its own depth and place, whatever the pixel format, so that nothing is rounded on
/// the way: FFmpeg's own scaler goes through 8 bits for some formats and through Y'CbCr for others.
/// Throws Error bad_input, beginning with `name`, for formats that are no such numbers (Bayer,
/// XYZ, floating point, pictures in a graphics card).
[[nodiscard]] image::Image to_image(const AVFrame& frame, const Meaning& meaning,
                                    const std::string& name);

/// Y'CbCr of BT.709 in limited range, 8 bits, into a frame of format yuv420p or yuv444p. A frame
/// that is a pixel wider or higher gets the last column or row again. For 4:2:0 the chroma of a
/// sample is (1 2 1)/4 across, about the left of its two columns, and the mean of its two rows:
/// chroma location "left".
void to_ycbcr(const image::Image& picture, AVFrame& frame);

/// Whole numbers into a frame of format bgr0, bgra, gbrp16le or gbrap16le, rounded to nearest.
void to_rgb(const image::Image& picture, AVFrame& frame);

}  // namespace atelier::film
