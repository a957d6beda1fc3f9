// SPDX-License-Identifier: Apache-2.0
#include "image/png.hpp"

#include <array>

namespace atelier::image {
namespace {

constexpr std::size_t signature_bytes = 8;

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

void append_big_endian(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

/// CRC-32 of ISO 3309, as PNG's annex D computes it.
std::uint32_t crc32(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> values{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      std::uint32_t c = n;
      for (int k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320U ^ c >> 1 : c >> 1;
      values[n] = c;
    }
    return values;
  }();
  std::uint32_t crc = 0xffffffffU;
  for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ crc >> 8;
  return ~crc;
}

}  // namespace

PngHead read_png_head(std::istream& in) {
  PngHead head;
  in.seekg(signature_bytes);
  for (std::array<char, 16> chunk{}; in.read(chunk.data(), 8);) {
    const std::uint32_t length = big_endian(chunk.data());
    const std::string_view type(chunk.data() + 4, 4);
    if (type == "IDAT" || type == "IEND") break;
    std::uint32_t taken = 0;
    if ((type == "IHDR" || type == "acTL") && length >= 8) {
      const bool header = type == "IHDR";
      if (!in.read(chunk.data() + 8, 8)) break;
      taken = 8;
      if (header) {
        head.width = big_endian(chunk.data() + 8);
        head.height = big_endian(chunk.data() + 12);
      } else {
        head.frames = big_endian(chunk.data() + 8);
      }
    }
    in.seekg(static_cast<std::streamoff>(length) - taken + 4, std::ios::cur);
  }
  return head;
}

std::string png_text_chunk(std::string_view keyword, std::string_view text) {
  std::string body("iTXt");
  body += keyword;
  body += '\0';  // ends the keyword
  body += '\0';  // not compressed
  body += '\0';  // method of compression
  body += '\0';  // ends the language, none
  body += '\0';  // ends the translated keyword, none
  body += text;
  std::string chunk;
  append_big_endian(chunk, static_cast<std::uint32_t>(body.size() - 4));
  chunk += body;
  append_big_endian(chunk, crc32(body));
  return chunk;
}

}  // namespace atelier::image
