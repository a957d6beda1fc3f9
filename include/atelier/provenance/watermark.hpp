// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "atelier/image/image.hpp"

namespace atelier::provenance {

/// What a watermark is made and found with. Who has it can find, copy and erase the owner's marks,
/// so it is kept as a private key is.
class WatermarkKey {
 public:
  static constexpr std::size_t size = 32;  ///< bytes

  /// A key of a secret, by HKDF with SHA-256 (RFC 5869), no salt. `secret`: at least 16 bytes, as
  /// random as a key is (a passphrase is not). Throws Error invalid_argument when it is shorter.
  [[nodiscard]] static WatermarkKey derive(std::string_view secret);

  WatermarkKey(const WatermarkKey&) = default;
  WatermarkKey& operator=(const WatermarkKey&) = default;
  ~WatermarkKey();

  /// `count` bytes that belong to this key and a purpose. HKDF's second half; at most 8160.
  void expand(std::string_view purpose, std::byte* bytes, std::size_t count) const;

 private:
  WatermarkKey() = default;
  std::array<std::byte, size> bytes_{};
};

/// Shortest edge of a picture that is marked, and of one that is looked at, in px.
inline constexpr int min_watermark_edge = 128, min_readable_edge = 64;

/// How strongly a picture is marked.
struct WatermarkOptions {
  /// Peak signal-to-noise ratio that the mark may cost, dB over R, G and B, 30..60; 0: by size,
  /// from 43 for pictures of 300 x 300 px to 46.5 from 800 x 800 on, as small ones have less room;
  /// and up to 8 dB less where a picture is so busy that a weaker mark would be lost, and unseen,
  /// in it.
  double psnr = 0;
};

/// Adds an invisible mark that says `payload`: the same picture, size, alpha and bits.
///
/// Source: Miller, Doerr, Cox, "Applying informed coding and embedding to design a robust
/// high-capacity watermark", IEEE Trans. Image Processing 13(6), 2004, for embedding that knows
/// what of the picture stands in its way; Kutter, "Watermarking resisting to translation, rotation
/// and scaling", SPIE 3528, 1998, for the tile that repeats; Arikan 2009 and Tal, Vardy 2015 for
/// the polar code. docs/watermark.md says how they come together.
///
/// Shapes: each edge at least min_watermark_edge, any ratio. Values that leave 0..1 are clipped.
/// Cost: about 1.5 s for 12 megapixels, one thread; memory a few times the picture's luminance.
/// The same picture, payload and key give the same values, whatever the number of threads.
///
/// Throws Error invalid_argument for a smaller picture, one whose numbers of values do not fit its
/// size, values that are not finite, or an option out of its range.
[[nodiscard]] image::Image embed_watermark(const image::Image& picture, std::uint64_t payload,
                                           const WatermarkKey& key,
                                           const WatermarkOptions& options = {});

/// A mark that was found.
struct WatermarkReading {
  std::uint64_t payload = 0;
  /// Correlation with the key's pilots, in standard deviations of an unmarked picture.
  double correlation = 0;
  /// Upper bound of the chance that an unmarked picture, looked at as this one was, would have
  /// shown any mark with such a correlation.
  double false_positive = 1;
  /// The picture that was looked at, beside the one that was marked.
  double scale = 1;  ///< size, as far as it can be told (pictures above 1024 x 1024 px: relative)
  double rotation = 0;    ///< degrees, clockwise as seen
  bool mirrored = false;  ///< left and right changed sides
  int quarter_turns = 0;  ///< clockwise, 0..3, before mirroring is undone
};

/// How thoroughly a mark is looked for.
struct WatermarkSearch {
  /// Also other sizes, crops of large pictures, and tilts of up to 8 degrees; without, the picture
  /// must have its size or be an uncropped large one.
  bool geometry = true;
};

/// Looks for a mark of this key, without the original. None: there is none, or too little is left.
///
/// Throws Error invalid_argument as embed_watermark() does for a picture, below min_readable_edge.
[[nodiscard]] std::optional<WatermarkReading> read_watermark(const image::Image& picture,
                                                             const WatermarkKey& key,
                                                             const WatermarkSearch& search = {});

}  // namespace atelier::provenance
