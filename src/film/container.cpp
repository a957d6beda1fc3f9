// SPDX-License-Identifier: Apache-2.0
#include "film/container.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "atelier/base/error.hpp"
#include "film/gif_outline.hpp"
#include "image/formats.hpp"

namespace atelier::film {
namespace {

using namespace std::string_view_literals;

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

std::string bytes_at(std::ifstream& file, std::uint64_t at, std::size_t count) {
  std::string bytes(count, '\0');
  file.clear();
  file.seekg(static_cast<std::streamoff>(at));
  file.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

/// Boxes: 4 bytes of size, 4 of type, 8 more of size where the first is 1; 0 reaches to the end.
bool iso_is_cut(std::ifstream& file, std::uint64_t size) {
  std::uint64_t at = 0;
  for (int boxes = 0; boxes < 100'000 && at + 8 <= size; ++boxes) {
    const std::string head = bytes_at(file, at, 16);
    std::uint64_t length = big_endian(std::string_view(head).substr(0, 4));
    if (length == 0) return false;
    if (length == 1) {
      if (head.size() < 16) return true;
      length = big_endian(std::string_view(head).substr(8, 8));
    }
    if (length < 8) return false;  // not boxes any more; what FFmpeg makes of it counts
    if (length > size - at) return true;
    at += length;
  }
  return false;
}

/// An EBML number: as many leading zero bits in the first byte as bytes follow. The size of all
/// ones is not known, as in live films.
struct Number {
  std::uint64_t value = 0;
  std::size_t bytes = 0;
  bool unknown = false;
};
Number ebml_number(std::string_view bytes) {
  if (bytes.empty() || bytes[0] == 0) return {};
  const auto first = static_cast<unsigned char>(bytes[0]);
  std::size_t length = 1;
  while (!(first & (0x80U >> (length - 1)))) ++length;
  if (bytes.size() < length) return {};
  const std::uint64_t mask = (std::uint64_t{1} << (7 * length)) - 1;
  const std::uint64_t value = big_endian(bytes.substr(0, length)) & mask;
  return {value, length, value == mask};
}

bool matroska_is_cut(std::ifstream& file, std::uint64_t size) {
  const std::string head = bytes_at(file, 0, 16);
  const Number header = ebml_number(std::string_view(head).substr(4));
  if (!header.bytes) return true;
  const std::uint64_t at = 4 + header.bytes + header.value;
  const std::string segment = bytes_at(file, at, 12);
  if (segment.size() < 5) return true;
  if (!segment.starts_with("\x18\x53\x80\x67")) return false;
  const Number length = ebml_number(std::string_view(segment).substr(4));
  return !length.bytes || (!length.unknown && at + 4 + length.bytes + length.value > size);
}

bool riff_is_cut(std::string_view head, std::uint64_t size) {
  const std::uint64_t declared = little_endian(head.substr(4, 4)) + 8;
  return declared > size && declared != 0x1'0000'0007;  // a program that did not know it yet
}

/// The chunk acTL of an APNG stands before the first IDAT and counts the frames.
std::int64_t png_frames(std::ifstream& file) {
  std::uint64_t at = 8;
  for (int chunks = 0; chunks < 1000; ++chunks) {
    const std::string head = bytes_at(file, at, 12);
    if (head.size() < 12 || head.substr(4, 4) == "IDAT") return 1;
    if (head.substr(4, 4) == "acTL") {
      return static_cast<std::int64_t>(big_endian(std::string_view(head).substr(8, 4)));
    }
    at += 12 + big_endian(std::string_view(head).substr(0, 4));
  }
  return 1;
}

/// Chunks ANMF of an extended WebP whose flags say that it is animated.
std::int64_t webp_frames(std::ifstream& file, std::string_view head) {
  if (head.size() < 21 || head.substr(12, 4) != "VP8X" || !(head[20] & 2)) return 1;
  std::uint64_t at = 12;
  std::int64_t frames = 0;
  for (int chunks = 0; chunks < 10'000'000; ++chunks) {
    const std::string chunk = bytes_at(file, at, 8);
    if (chunk.size() < 8) break;
    frames += chunk.starts_with("ANMF");
    const std::uint64_t length = little_endian(std::string_view(chunk).substr(4, 4));
    at += 8 + length + length % 2;
  }
  return frames;
}

bool is_still_iso(std::string_view head) {
  if (head.size() < 12) return false;
  const std::string_view brand = head.substr(8, 4);
  for (const auto still : {"avif"sv, "avis"sv, "heic"sv, "heix"sv, "mif1"sv, "msf1"sv}) {
    if (brand == still) return true;
  }
  return false;
}

Container container_of(std::string_view head) {
  if (head.size() >= 12 && head.substr(4, 4) == "ftyp") {
    return is_still_iso(head) ? Container::picture : Container::iso;
  }
  for (const auto box : {"moov"sv, "mdat"sv, "wide"sv, "free"sv, "skip"sv}) {
    if (head.size() >= 12 && head.substr(4, 4) == box) return Container::iso;
  }
  if (head.starts_with("\x1a\x45\xdf\xa3")) return Container::matroska;
  if (head.starts_with("RIFF") && head.size() >= 12) {
    if (head.substr(8, 4) == "AVI ") return Container::avi;
    if (head.substr(8, 4) == "WEBP") return Container::webp;
  }
  if (head.starts_with("GIF87a") || head.starts_with("GIF89a")) return Container::gif;
  if (head.starts_with("\x89PNG\r\n\x1a\n")) return Container::png;
  for (const auto still : {"\xff\xd8\xff"sv, "II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv, "BM"sv,
                           "8BPS"sv, "\xff\x0a"sv, "\0\0\0\x0cJXL "sv, "\0\0\0\x0cjP  "sv,
                           "\x76\x2f\x31\x01"sv, "%PDF"sv, "<svg"sv}) {
    if (head.starts_with(still)) return Container::picture;
  }
  return Container::none;
}

std::string_view what_is(std::string_view head, Container container) {
  if (container == Container::png) return "a PNG picture";
  if (container == Container::webp) return "a WebP picture";
  if (head.starts_with("\xff\xd8\xff")) return "a JPEG picture";
  if (head.starts_with("II") || head.starts_with("MM")) return "a TIFF picture";
  return image::other_content(head);
}

}  // namespace

std::ifstream open_film(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  const std::string name = path.string();
  switch (status.type()) {
    case std::filesystem::file_type::regular:
      break;
    case std::filesystem::file_type::not_found:
      fail(ErrorKind::bad_input, "{} does not exist; check the path.", name);
    case std::filesystem::file_type::directory:
      fail(ErrorKind::bad_input, "{} is a folder; name a film in it.", name);
    case std::filesystem::file_type::none:
      fail(ErrorKind::bad_input, "{} cannot be reached ({}); check the path and its permissions.",
           name, error.message());
    default:
      fail(ErrorKind::bad_input, "{} is not a file; save the film to a file first.", name);
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fail(ErrorKind::bad_input, "{} cannot be read ({}); check its permissions.", name,
         std::strerror(errno));
  }
  if (std::filesystem::file_size(path, error) == 0) {
    fail(ErrorKind::bad_input, "{} is empty; copy or export the film again.", name);
  }
  return file;
}

Outline outline_of(std::ifstream& file) {
  file.clear();
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::uint64_t>(file.tellg());
  const std::string head = bytes_at(file, 0, 512);
  Outline outline;
  outline.container = container_of(head);
  outline.what = what_is(head, outline.container);
  switch (outline.container) {
    case Container::iso:
      outline.cut_short = iso_is_cut(file, size);
      break;
    case Container::matroska:
      outline.cut_short = matroska_is_cut(file, size);
      break;
    case Container::avi:
    case Container::webp:
      outline.cut_short = riff_is_cut(head, size);
      if (outline.container == Container::webp) outline.frames = webp_frames(file, head);
      break;
    case Container::gif: {
      const GifOutline gif = outline_of_gif(file);
      outline.cut_short = !gif.complete;
      outline.frames = gif.frames;
      outline.loops = gif.loops;
      break;
    }
    case Container::png:
      outline.frames = png_frames(file);
      break;
    case Container::none:
    case Container::picture:
      break;
  }
  return outline;
}

}  // namespace atelier::film
