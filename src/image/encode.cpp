// SPDX-License-Identifier: Apache-2.0
#include "image/encode.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "image/file_target.hpp"
#include "image/png.hpp"
#include "image/recipe.hpp"
#include "image/vips_runtime.hpp"
#include "image/xmp.hpp"

namespace atelier::image {
namespace {

/// Beyond these, JPEG's codes are the standard's: choosing them holds the picture's coefficients.
constexpr double jpeg_pixels_held = 32e6;

void check_format_limit(const std::filesystem::path& path, Size size, Format format) {
  const int limit = format == Format::jpeg ? 65500 : format == Format::webp ? 16383 : 10'000'000;
  if (std::max(size.width, size.height) <= limit) return;
  fail(ErrorKind::invalid_argument,
       "{} would have {} x {} px and this format holds at most {} px an edge; save it as PNG or "
       "TIFF.",
       path.string(), size.width, size.height, limit);
}

void check_options(const SaveOptions& options) {
  if (options.bits != 0 && options.bits != 8 && options.bits != 16) {
    fail(ErrorKind::invalid_argument, "{} bits a channel cannot be saved; use 8 or 16.",
         options.bits);
  }
  if (options.quality < 1 || options.quality > 100) {
    fail(ErrorKind::invalid_argument, "quality {} is out of range; use 1..100.", options.quality);
  }
  if (options.recipe.size() > max_recipe_bytes) {
    fail(ErrorKind::invalid_argument,
         "a recipe of {} bytes is longer than the {} that a picture keeps.", options.recipe.size(),
         max_recipe_bytes);
  }
  if (!options.recipe.empty() && !nlohmann::json::accept(options.recipe)) {
    fail(ErrorKind::invalid_argument,
         "the recipe is not JSON, so it cannot be kept in the picture.");
  }
}

void check_finite(const float* values, std::size_t count) {
  if (std::all_of(values, values + count, [](float value) { return std::isfinite(value); })) return;
  fail(ErrorKind::invalid_argument,
       "the picture holds values that are not finite numbers, so it cannot be saved; "
       "make it again with a smaller step size or higher precision.");
}

double pixels(Size size) {
  return static_cast<double>(size.width) * size.height;
}

}  // namespace

Encoding::Encoding(std::filesystem::path path, Size size, bool alpha, int bits,
                   const SaveOptions& options)
    : path_(std::move(path)),
      format_((check_output(path_), *format_of_suffix(path_))),
      size_(size),
      alpha_(alpha),
      keeps_alpha_(format_ != Format::jpeg),
      options_(options) {
  check_options(options_);
  check_format_limit(path_, size_, format_);
  const bool deep = format_ == Format::png || format_ == Format::tiff;
  wide_ = deep && (options_.bits ? options_.bits : bits) == 16;
  if (!options_.recipe.empty() && format_ != Format::png) packet_ = xmp_packet(options_.recipe);
  if (format_ == Format::jpeg && packet_.size() > max_jpeg_packet_bytes) {
    fail(ErrorKind::invalid_argument,
         "{} cannot keep a recipe of {} bytes, since JPEG's metadata holds {}; save it as PNG.",
         path_.string(), packet_.size(), max_jpeg_packet_bytes);
  }
  start_vips();
}

std::size_t Encoding::row_bytes() const {
  return static_cast<std::size_t>(size_.width) * static_cast<std::size_t>(bands()) *
         (wide_ ? 2 : 1);
}

template <class T>
void Encoding::quantise_as(const float* rgb, const float* alpha, std::size_t pixels, T* to) const {
  constexpr float top = std::numeric_limits<T>::max();
  const auto whole = [](float value) {
    return static_cast<T>(std::lround(std::clamp(value, 0.0F, 1.0F) * top));
  };
  for (std::size_t i = 0; i < pixels; ++i) {
    const float cover = alpha ? std::clamp(alpha[i], 0.0F, 1.0F) : 1.0F;
    for (std::size_t c = 0; c < 3; ++c) {
      const float value = rgb[i * 3 + c];
      *to++ = whole(keeps_alpha_ ? value : std::clamp(value, 0.0F, 1.0F) * cover + (1 - cover));
    }
    if (alpha && keeps_alpha_) *to++ = whole(cover);
  }
}

void Encoding::quantise(const float* rgb, const float* alpha, std::size_t pixels,
                        std::byte* to) const {
  check_finite(rgb, pixels * 3);
  if (alpha) check_finite(alpha, pixels);
  if (wide_) {
    quantise_as(rgb, alpha, pixels, reinterpret_cast<std::uint16_t*>(to));
  } else {
    quantise_as(rgb, alpha, pixels, reinterpret_cast<std::uint8_t*>(to));
  }
}

vips::VOption* Encoding::encoder_options() const {
  vips::VOption* chosen = vips::VImage::option();
  const bool fine = options_.quality >= 90;
  switch (format_) {
    case Format::png:
      return options_.quick
                 ? chosen->set("filter", VIPS_FOREIGN_PNG_FILTER_SUB)->set("compression", 1)
                 : chosen->set("filter", VIPS_FOREIGN_PNG_FILTER_ALL);
    case Format::jpeg:
      return chosen->set("Q", options_.quality)
          ->set("optimize_coding", pixels(size_) <= jpeg_pixels_held)
          ->set("subsample_mode", fine ? VIPS_FOREIGN_SUBSAMPLE_OFF : VIPS_FOREIGN_SUBSAMPLE_ON);
    case Format::tiff:
      return chosen->set("compression", VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE)
          ->set("predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL)
          ->set("bigtiff", static_cast<double>(row_bytes()) * size_.height > 3.5e9);
    case Format::webp:
      return chosen->set("Q", options_.quality)->set("smart_subsample", fine);
  }
  return chosen;
}

vips::VImage Encoding::tagged(const vips::VImage& plain) const {
  constexpr double per_mm = 72 / 25.4;  // no size in print is meant
  vips::VImage tagged = plain.copy(
      vips::VImage::option()
          ->set("interpretation", wide_ ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB)
          ->set("xres", per_mm)
          ->set("yres", per_mm));
  const auto attach = [&](const char* name, const std::string& bytes) {
    vips_image_set_blob_copy(tagged.get_image(), name, bytes.data(), bytes.size());
  };
  attach(VIPS_META_ICC_NAME, srgb_profile());
  if (!packet_.empty()) attach(VIPS_META_XMP_NAME, packet_);
  tagged.set("exif-ifd2-ColorSpace", "1");  // EXIF's word for sRGB, where there is EXIF
  return tagged;
}

void Encoding::write(const vips::VImage& plain, const std::filesystem::path& where) const {
  const bool text = format_ == Format::png && !options_.recipe.empty();
  FileTarget file(where, path_, png_text_at,
                  text ? png_text_chunk(png_recipe_keyword, options_.recipe) : std::string());
  try {
    const vips::VImage picture = tagged(plain);
    const vips::VTarget target = file.target();
    switch (format_) {
      case Format::png:
        picture.pngsave_target(target, encoder_options());
        break;
      case Format::jpeg:
        picture.jpegsave_target(target, encoder_options());
        break;
      case Format::tiff:
        picture.tiffsave_target(target, encoder_options());
        break;
      case Format::webp:
        picture.webpsave_target(target, encoder_options());
        break;
    }
  } catch (const vips::VError&) {
    const std::string reason = take_vips_reason();
    file.check();
    fail(ErrorKind::io, "{} cannot be encoded ({}); choose another format or a smaller size.",
         path_.string(), reason);
  }
  file.check();
}

}  // namespace atelier::image
