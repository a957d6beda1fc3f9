// SPDX-License-Identifier: Apache-2.0
#include "image/source.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "atelier/base/error.hpp"
#include "image/colour.hpp"
#include "image/orientation.hpp"
#include "image/png.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

constexpr const char* accepted = "PNG, JPEG, TIFF or WebP";

[[noreturn]] void fail_animated(const std::filesystem::path& path, const char* format, int frames) {
  fail(ErrorKind::bad_input,
       "{} is an animated {} of {} frames; save one frame as a still picture.", path.string(),
       format, frames);
}

void check_size(const std::filesystem::path& path, double width, double height) {
  if (width * height <= max_pixels) return;
  fail(ErrorKind::bad_input,
       "{} declares {:.0f} x {:.0f} px, more than the {:.0f} million pixels that are opened; "
       "make it smaller first.",
       path.string(), width, height, max_pixels / 1e6);
}

/// A regular file with something in it, opened for reading.
std::ifstream open_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  const std::string name = path.string();
  switch (status.type()) {
    case std::filesystem::file_type::regular:
      break;
    case std::filesystem::file_type::not_found:
      fail(ErrorKind::bad_input, "{} does not exist; check the path.", name);
    case std::filesystem::file_type::directory:
      fail(ErrorKind::bad_input, "{} is a folder; name a picture in it.", name);
    case std::filesystem::file_type::none:
      fail(ErrorKind::bad_input, "{} cannot be reached ({}); check the path and its permissions.",
           name, error.message());
    default:
      fail(ErrorKind::bad_input, "{} is not a file; save the picture to a file first.", name);
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fail(ErrorKind::bad_input, "{} cannot be read ({}); check its permissions.", name,
         std::strerror(errno));
  }
  if (std::filesystem::file_size(path, error) == 0) {
    fail(ErrorKind::bad_input, "{} is empty; copy or export the picture again.", name);
  }
  return file;
}

Format sniff(const std::filesystem::path& path, std::ifstream& file) {
  std::array<char, 512> bytes{};
  file.read(bytes.data(), bytes.size());
  const std::string_view head(bytes.data(), static_cast<std::size_t>(file.gcount()));
  file.clear();
  if (const auto format = format_of_content(head)) return *format;
  fail(ErrorKind::bad_input, "{} is {}; choose a picture in {} format, or convert it to one.",
       path.string(), other_content(head), accepted);
}

/// Whole number in the metadata, or 0.
int number(const vips::VImage& image, const char* name) {
  return image.get_typeof(name) == G_TYPE_INT ? image.get_int(name) : 0;
}

}  // namespace

void fail_damaged(const std::filesystem::path& path, const std::string& reason) {
  fail(ErrorKind::bad_input, "{} is damaged or cut short ({}); copy or export it again.",
       path.string(), reason);
}

vips::VImage decode(const Source& source, int shrink, bool strict) {
  const char* name = source.path.c_str();
  vips::VOption* options = vips::VImage::option()
                               ->set("access", VIPS_ACCESS_SEQUENTIAL)
                               ->set("fail_on", strict ? VIPS_FAIL_ON_WARNING : VIPS_FAIL_ON_ERROR);
  switch (source.format) {
    case Format::png:
      return vips::VImage::pngload(name, options);
    case Format::jpeg:
      return vips::VImage::jpegload(name, options->set("shrink", shrink));
    case Format::tiff:
      return vips::VImage::tiffload(name, options);
    case Format::webp:
      break;
  }
  return vips::VImage::webpload(name, options);
}

Source open_source(const std::filesystem::path& path) {
  start_vips();
  std::ifstream file = open_file(path);
  Source source;
  source.path = path;
  source.format = sniff(path, file);
  source.info.format = name_of(source.format);
  if (source.format == Format::png) {
    const PngHead head = read_png_head(file);
    check_size(path, head.width, head.height);
    if (head.frames > 1) fail_animated(path, "PNG", static_cast<int>(head.frames));
  }
  try {
    source.head = decode(source);
  } catch (const vips::VError&) {
    fail_damaged(path, take_vips_reason());
  }
  const vips::VImage& head = source.head;
  source.stored = {head.width(), head.height()};
  check_size(path, head.width(), head.height());
  source.info.pages = std::max(1, number(head, VIPS_META_N_PAGES));
  if (source.format == Format::webp && source.info.pages > 1) {
    fail_animated(path, "WebP", source.info.pages);
  }
  const Channels channels = channels_of(head, path);
  source.info.alpha = channels.alpha;
  source.info.bits = channels.bits;
  source.orientation = vips_image_get_orientation(head.get_image());
  source.info.size =
      swaps_edges(source.orientation) ? Size{head.height(), head.width()} : source.stored;
  source.in_one_piece = source.format == Format::webp || number(head, "interlaced") != 0 ||
                        number(head, "jpeg-multiscan") != 0;
  return source;
}

FileInfo probe(const std::filesystem::path& path) {
  return open_source(path).info;
}

}  // namespace atelier::image
