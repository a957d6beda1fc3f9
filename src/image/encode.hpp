// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vips/vips8>

#include "atelier/image/file.hpp"
#include "image/formats.hpp"

namespace atelier::image {

/// How a picture becomes a file's bytes: what save() and RowWriter share.
class Encoding {
 public:
  /// Refuses all that can be refused without the pixels. `bits`: of the picture. Throws as save().
  Encoding(std::filesystem::path path, Size size, bool alpha, int bits, const SaveOptions& options);

  /// Bytes of a row of whole numbers.
  [[nodiscard]] std::size_t row_bytes() const;
  [[nodiscard]] int bands() const { return alpha_ && keeps_alpha_ ? 4 : 3; }
  [[nodiscard]] VipsBandFormat band_format() const {
    return wide_ ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Size size() const { return size_; }

  /// Interleaved whole numbers, rounded to nearest; laid on white where the format has no alpha.
  /// `alpha`: null where the picture has none. Throws Error invalid_argument for values that are
  /// not finite.
  void quantise(const float* rgb, const float* alpha, std::size_t pixels, std::byte* to) const;

  /// Writes whole numbers as a file at `where`, with profile and recipe. Throws Error io.
  void write(const vips::VImage& plain, const std::filesystem::path& where) const;

 private:
  template <class T>
  void quantise_as(const float* rgb, const float* alpha, std::size_t pixels, T* to) const;
  [[nodiscard]] vips::VOption* encoder_options() const;
  [[nodiscard]] vips::VImage tagged(const vips::VImage& plain) const;

  std::filesystem::path path_;
  Format format_;
  Size size_;
  bool alpha_, keeps_alpha_, wide_;
  SaveOptions options_;
  std::string packet_;  ///< XMP
};

}  // namespace atelier::image
