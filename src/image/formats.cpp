// SPDX-License-Identifier: Apache-2.0
#include "image/formats.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace atelier::image {

using namespace std::string_view_literals;

std::string_view name_of(Format format) {
  switch (format) {
    case Format::png:
      return "png";
    case Format::jpeg:
      return "jpeg";
    case Format::tiff:
      return "tiff";
    case Format::webp:
      return "webp";
  }
  return "";
}

std::optional<Format> format_of_content(std::string_view head) {
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::png;
  if (head.starts_with("\xff\xd8\xff"sv)) return Format::jpeg;
  for (const auto magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    if (head.starts_with(magic)) return Format::tiff;
  }
  if (head.starts_with("RIFF") && head.size() >= 12 && head.substr(8, 4) == "WEBP") {
    return Format::webp;
  }
  return std::nullopt;
}

std::string_view other_content(std::string_view head) {
  struct Magic {
    std::size_t at;
    std::string_view bytes, what;
  };
  static constexpr std::array<Magic, 16> known{{
      {0, "GIF8", "a GIF picture"},
      {0, "BM", "a BMP picture"},
      {4, "ftypavif", "an AVIF picture"},
      {4, "ftypheic", "a HEIC picture"},
      {4, "ftypmif1", "a HEIF picture"},
      {4, "ftyp", "a film"},
      {0, "\x1a\x45\xdf\xa3", "a film"},
      {0, "\0\0\0\x0cJXL "sv, "a JPEG XL picture"},
      {0, "\xff\x0a", "a JPEG XL picture"},
      {0, "\0\0\0\x0cjP  "sv, "a JPEG 2000 picture"},
      {0, "8BPS", "a Photoshop document"},
      {0, "%PDF", "a PDF document"},
      {0, "\x76\x2f\x31\x01", "an OpenEXR picture"},
      {0, "<svg", "an SVG drawing"},
      {0, "<?xml", "an XML document"},
      {0, "PK\x03\x04", "a ZIP archive"},
  }};
  for (const Magic& magic : known) {
    if (head.size() >= magic.at && head.substr(magic.at).starts_with(magic.bytes))
      return magic.what;
  }
  const bool text = std::none_of(head.begin(), head.end(), [](unsigned char c) {
    return c == 0x7f || (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f');
  });
  return text ? "text" : "of an unknown type";
}

std::optional<Format> format_of_suffix(const std::filesystem::path& path) {
  std::string suffix = path.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::pair<std::string_view, Format>, 6> known{{
      {".png", Format::png},
      {".jpg", Format::jpeg},
      {".jpeg", Format::jpeg},
      {".tif", Format::tiff},
      {".tiff", Format::tiff},
      {".webp", Format::webp},
  }};
  for (const auto& [name, format] : known) {
    if (suffix == name) return format;
  }
  return std::nullopt;
}

}  // namespace atelier::image
