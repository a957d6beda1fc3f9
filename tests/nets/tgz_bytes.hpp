// SPDX-License-Identifier: Apache-2.0
// A gzipped tar archive made by hand: nothing is compressed, so that a test knows every byte.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace atelier::nets::testing {

/// CRC-32 as gzip has it.
inline std::uint32_t crc32(const std::string& data) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 255);
  return text;
}

/// One member's header, ustar; `type` '0' for a file, '2' for a link to `content`.
inline std::string tar_member(const std::string& path, const std::string& content, char type) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    header.replace(at, text.size(), text);
  };
  put(0, path);
  put(100, "0000644");
  put(124, fmt::format("{:011o}", type == '0' ? content.size() : 0));
  put(136, "00000000000");
  put(148, "        ");
  header[156] = path.ends_with('/') ? '5' : type;
  if (type == '2') put(157, content);
  put(257, std::string("ustar\0"
                       "00",
                       8));
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  if (type != '0') return header;
  return header + content + std::string((512 - content.size() % 512) % 512, '\0');
}

inline std::string tgz(const std::vector<std::pair<std::string, std::string>>& files,
                       char type = '0') {
  std::string tar;
  for (const auto& [path, content] : files) tar += tar_member(path, content, type);
  tar += std::string(1024, '\0');
  // Stored blocks of deflate: a byte of flags, the length and its complement.
  std::string packed("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  for (std::size_t at = 0; at < tar.size(); at += 65535) {
    const std::size_t length = std::min<std::size_t>(65535, tar.size() - at);
    packed += at + length == tar.size() ? '\1' : '\0';
    packed += little_endian(length, 2) + little_endian(~length, 2) + tar.substr(at, length);
  }
  return packed + little_endian(crc32(tar), 4) + little_endian(tar.size(), 4);
}

}  // namespace atelier::nets::testing
