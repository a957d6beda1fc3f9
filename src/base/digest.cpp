// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/digest.hpp"

#include <fmt/ranges.h>

#include <fstream>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/sha256.hpp"

namespace atelier {
namespace {

std::string hexadecimal(const Sha256::Digest& digest) {
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace

std::string sha256(std::span<const std::byte> bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hexadecimal(hash.finish());
}

std::string sha256_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    fail(ErrorKind::bad_input, "{} cannot be read; check its path and permissions.", path.string());
  Sha256 hash;
  std::vector<char> buffer(1 << 20);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    hash.update(std::string_view(buffer.data(), static_cast<std::size_t>(file.gcount())));
  }
  if (file.bad()) fail(ErrorKind::bad_input, "{} cannot be read to its end.", path.string());
  return hexadecimal(hash.finish());
}

}  // namespace atelier
