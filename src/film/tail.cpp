// SPDX-License-Identifier: Apache-2.0
#include "film/tail.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>

#include "atelier/base/error.hpp"
#include "film/gif_outline.hpp"
#include "image/xmp.hpp"

namespace atelier::film {
namespace {

std::string gif_comment(const std::string& text) {
  std::string bytes("\x21\xfe", 2);
  for (std::size_t at = 0; at < text.size(); at += 255) {
    const std::string part = text.substr(at, 255);
    bytes.push_back(static_cast<char>(part.size()));
    bytes += part;
  }
  bytes.push_back('\0');
  bytes.push_back('\x3b');
  return bytes;
}

std::string little_endian(std::uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(value >> (8 * i) & 0xff));
  return bytes;
}

std::uint32_t number_at(std::fstream& file, std::uint64_t at) {
  unsigned char bytes[4]{};
  file.seekg(static_cast<std::streamoff>(at));
  file.read(reinterpret_cast<char*>(bytes), 4);
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

void append_to_gif(std::fstream& file, const std::filesystem::path& path,
                   const std::string& recipe) {
  std::ifstream in(path, std::ios::binary);
  const GifOutline outline = outline_of_gif(in);
  file.seekp(static_cast<std::streamoff>(outline.trailer));
  const std::string comment = gif_comment(recipe);
  file.write(comment.data(), static_cast<std::streamsize>(comment.size()));
}

void append_to_webp(std::fstream& file, const std::string& recipe) {
  constexpr std::streamoff flags_at = 20;  // of VP8X, which every animation has
  constexpr char has_xmp = 4;
  std::string packet = image::xmp_packet(recipe);
  std::string chunk = "XMP " + little_endian(static_cast<std::uint32_t>(packet.size())) + packet;
  if (packet.size() % 2) chunk.push_back('\0');
  const std::uint32_t size = number_at(file, 4) + static_cast<std::uint32_t>(chunk.size());
  file.seekg(flags_at);
  const char flags = static_cast<char>(file.get());
  file.seekp(flags_at);
  file.put(static_cast<char>(flags | has_xmp));
  file.seekp(4);
  file << little_endian(size);
  file.seekp(0, std::ios::end);
  file.write(chunk.data(), static_cast<std::streamsize>(chunk.size()));
}

void check_written(std::fstream& file, const std::string& name) {
  file.close();
  if (!file) {
    fail(ErrorKind::io, "{} cannot be written ({}); free some space or choose another disk.", name,
         std::strerror(errno ? errno : EIO));
  }
}

}  // namespace

void end_webp_at(const std::filesystem::path& path, const std::string& name, std::int64_t end) {
  constexpr std::uint64_t duration_in_chunk =
      8 + 12;  // three bytes, after the frame's place and size
  errno = 0;
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::uint64_t>(file.tellg());
  std::uint64_t last = 0;
  std::int64_t before = 0, shown = 0;
  for (std::uint64_t at = 12; at + 8 <= size;) {
    const std::uint32_t length = number_at(file, at + 4);
    if (number_at(file, at) == 0x464d4e41) {  // "ANMF"
      before += shown;
      shown = number_at(file, at + duration_in_chunk) & 0xffffff;
      last = at;
    }
    at += 8 + std::uint64_t{length} + length % 2;
  }
  if (last != 0 && end > before) {
    const std::string bytes =
        little_endian(static_cast<std::uint32_t>(std::min<std::int64_t>(end - before, 0xffffff)));
    file.seekp(static_cast<std::streamoff>(last + duration_in_chunk));
    file.write(bytes.data(), 3);
  }
  check_written(file, name);
}

void append_recipe(const std::filesystem::path& path, const std::string& name,
                   const std::string& recipe) {
  errno = 0;
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  if (path.extension() == ".gif" || path.extension() == ".GIF") {
    append_to_gif(file, path, recipe);
  } else {
    append_to_webp(file, recipe);
  }
  check_written(file, name);
}

std::optional<std::string> xmp_of_webp(const std::filesystem::path& path) {
  constexpr std::uint32_t longest = 4U << 20;
  std::fstream file(path, std::ios::in | std::ios::binary);
  std::uint64_t at = 12;
  for (int chunks = 0; chunks < 10'000'000 && file; ++chunks) {
    char name[4]{};
    file.seekg(static_cast<std::streamoff>(at));
    if (!file.read(name, 4)) break;
    const std::uint32_t length = number_at(file, at + 4);
    if (std::equal(name, name + 4, "XMP ") && length <= longest) {
      std::string text(length, '\0');
      if (!file.read(text.data(), length)) break;
      return text;
    }
    at += 8 + std::uint64_t{length} + length % 2;
  }
  return std::nullopt;
}

}  // namespace atelier::film
