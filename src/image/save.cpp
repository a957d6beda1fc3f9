// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
#include <vips/vips8>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/formats.hpp"
#include "image/png.hpp"
#include "image/recipe.hpp"
#include "image/vips_runtime.hpp"
#include "image/xmp.hpp"

namespace atelier::image {
namespace {

void check_image(const Image& image) {
  const std::size_t pixels = image.pixels();
  if (image.width < 1 || image.height < 1 || image.rgb.size() != pixels * 3 ||
      (!image.alpha.empty() && image.alpha.size() != pixels)) {
    fail(ErrorKind::invalid_argument,
         "a picture of {} x {} px with {} colour and {} alpha values cannot be saved; it needs 3 "
         "and 1 "
         "(or no) values a pixel.",
         image.width, image.height, image.rgb.size(), image.alpha.size());
  }
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(image.rgb.begin(), image.rgb.end(), finite) ||
      !std::all_of(image.alpha.begin(), image.alpha.end(), finite)) {
    fail(ErrorKind::invalid_argument,
         "the picture holds values that are not finite numbers, so it cannot be saved; "
         "make it again with a smaller step size or higher precision.");
  }
}

void check_format_limit(const Image& image, const std::filesystem::path& path, Format format) {
  const int limit = format == Format::jpeg ? 65500 : format == Format::webp ? 16383 : 10'000'000;
  if (std::max(image.width, image.height) <= limit) return;
  fail(ErrorKind::invalid_argument,
       "{} would have {} x {} px and this format holds at most {} px an edge; save it as PNG or "
       "TIFF.",
       path.string(), image.width, image.height, limit);
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

/// Interleaved whole numbers over the range of T, rounded to nearest. Without `keep_alpha` it is
/// laid on white.
template <class T>
std::vector<T> quantised(const Image& image, bool keep_alpha) {
  constexpr float top = std::numeric_limits<T>::max();
  const auto whole = [](float value) {
    return static_cast<T>(std::lround(std::clamp(value, 0.0F, 1.0F) * top));
  };
  const bool alpha = !image.alpha.empty();
  std::vector<T> result;
  result.reserve(image.pixels() * (alpha && keep_alpha ? 4 : 3));
  for (std::size_t i = 0; i < image.pixels(); ++i) {
    const float cover = alpha ? std::clamp(image.alpha[i], 0.0F, 1.0F) : 1.0F;
    for (int c = 0; c < 3; ++c) {
      const float value = image.rgb[i * 3 + c];
      result.push_back(
          whole(keep_alpha ? value : std::clamp(value, 0.0F, 1.0F) * cover + (1 - cover)));
    }
    if (alpha && keep_alpha) result.push_back(whole(cover));
  }
  return result;
}

vips::VOption* encoder_options(Format format, const SaveOptions& options, double raw_bytes) {
  vips::VOption* chosen = vips::VImage::option();
  const bool fine = options.quality >= 90;
  switch (format) {
    case Format::png:
      return chosen->set("filter", VIPS_FOREIGN_PNG_FILTER_ALL);
    case Format::jpeg:
      return chosen->set("Q", options.quality)
          ->set("optimize_coding", true)
          ->set("subsample_mode", fine ? VIPS_FOREIGN_SUBSAMPLE_OFF : VIPS_FOREIGN_SUBSAMPLE_ON);
    case Format::tiff:
      return chosen->set("compression", VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE)
          ->set("predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL)
          ->set("bigtiff", raw_bytes > 3.5e9);
    case Format::webp:
      return chosen->set("Q", options.quality)->set("smart_subsample", fine);
  }
  return chosen;
}

/// The file's bytes, from values of type T. Without `keep_alpha` the picture is laid on white.
template <class T>
std::string encoded_as(const Image& image, Format format, bool keep_alpha,
                       const SaveOptions& options, const std::string& packet) {
  const auto values = quantised<T>(image, keep_alpha);
  const int bands = keep_alpha && !image.alpha.empty() ? 4 : 3;
  const vips::VImage plain(vips_image_new_from_memory(
      values.data(), values.size() * sizeof(T), image.width, image.height, bands,
      sizeof(T) == 1 ? VIPS_FORMAT_UCHAR : VIPS_FORMAT_USHORT));
  if (!plain.get_image()) throw vips::VError();
  constexpr double per_mm = 72 / 25.4;  // no size in print is meant
  vips::VImage tagged =
      plain.copy(vips::VImage::option()
                     ->set("interpretation",
                           sizeof(T) == 1 ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_RGB16)
                     ->set("xres", per_mm)
                     ->set("yres", per_mm));
  const auto attach = [&](const char* name, const std::string& bytes) {
    vips_image_set_blob_copy(tagged.get_image(), name, bytes.data(), bytes.size());
  };
  attach(VIPS_META_ICC_NAME, srgb_profile());
  if (!packet.empty()) attach(VIPS_META_XMP_NAME, packet);
  tagged.set("exif-ifd2-ColorSpace", "1");  // EXIF's word for sRGB, where there is EXIF
  vips::VOption* chosen =
      encoder_options(format, options, static_cast<double>(values.size()) * sizeof(T));
  VipsBlob* blob = format == Format::png    ? tagged.pngsave_buffer(chosen)
                   : format == Format::jpeg ? tagged.jpegsave_buffer(chosen)
                   : format == Format::tiff ? tagged.tiffsave_buffer(chosen)
                                            : tagged.webpsave_buffer(chosen);
  size_t size = 0;
  const auto* data = static_cast<const char*>(vips_blob_get(blob, &size));
  std::string bytes(data, size);
  vips_area_unref(VIPS_AREA(blob));
  return bytes;
}

std::string encoded(const Image& image, Format format, const SaveOptions& options,
                    const std::string& packet) {
  const bool deep = format == Format::png || format == Format::tiff;
  if (deep && (options.bits ? options.bits : image.bits) == 16) {
    return encoded_as<std::uint16_t>(image, format, true, options, packet);
  }
  return encoded_as<std::uint8_t>(image, format, format != Format::jpeg, options, packet);
}

}  // namespace

void save(const Image& image, const std::filesystem::path& path, const SaveOptions& options) {
  check_output(path);
  check_options(options);
  check_image(image);
  const Format format = *format_of_suffix(path);
  check_format_limit(image, path, format);
  const bool in_xmp = !options.recipe.empty() && format != Format::png;
  const std::string packet = in_xmp ? xmp_packet(options.recipe) : "";
  if (format == Format::jpeg && packet.size() > max_jpeg_packet_bytes) {
    fail(ErrorKind::invalid_argument,
         "{} cannot keep a recipe of {} bytes, since JPEG's metadata holds {}; save it as PNG.",
         path.string(), packet.size(), max_jpeg_packet_bytes);
  }
  start_vips();
  std::string bytes;
  try {
    bytes = encoded(image, format, options, packet);
  } catch (const vips::VError&) {
    fail(ErrorKind::io, "{} cannot be encoded ({}); choose another format or a smaller size.",
         path.string(), take_vips_reason());
  }
  if (format == Format::png && !options.recipe.empty()) {
    insert_png_text(bytes, png_recipe_keyword, options.recipe);
  }
  write_file(path, bytes);
}

}  // namespace atelier::image
