// SPDX-License-Identifier: Apache-2.0
#include "nets/plain_safetensors.hpp"

#include <bit>
#include <utility>

#include "atelier/base/mapped_file.hpp"
#include "nets/safetensors_header.hpp"

namespace atelier::nets {

static_assert(std::endian::native == std::endian::little, "safetensors are read as they lie");

PlainSafetensors read_plain_safetensors(std::span<const std::byte> bytes) {
  SafetensorsHeader header = parse_safetensors(bytes);
  PlainSafetensors content;
  content.metadata = std::move(header.metadata);
  for (auto& [name, entry] : header.tensors) {
    content.tensors[name] = {entry.type, std::move(entry.shape),
                             bytes.subspan(entry.begin, entry.end - entry.begin)};
  }
  return content;
}

PlainSafetensors read_plain_safetensors(std::shared_ptr<const MappedFile> file) {
  PlainSafetensors content = read_plain_safetensors(file->bytes());
  content.file = std::move(file);
  return content;
}

PlainSafetensors read_plain_safetensors(const std::filesystem::path& path) {
  return read_plain_safetensors(std::make_shared<const MappedFile>(path, std::uintmax_t{4} << 30));
}

}  // namespace atelier::nets
