// SPDX-License-Identifier: Apache-2.0
#include "nets/safetensors.hpp"

#include <ATen/ATen.h>

#include <bit>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "nets/safetensors_header.hpp"

namespace atelier::nets {

static_assert(std::endian::native == std::endian::little, "safetensors are read as they lie");

Safetensors read_safetensors(std::span<const std::byte> bytes) {
  SafetensorsHeader header = parse_safetensors(bytes);
  Safetensors content;
  content.metadata = std::move(header.metadata);
  for (const auto& [name, entry] : header.tensors) {
    at::Tensor tensor = at::empty(entry.shape, scalar_type(entry.type));
    const std::uint64_t size = entry.end - entry.begin;
    if (size > 0) std::memcpy(tensor.data_ptr(), bytes.data() + entry.begin, size);
    content.tensors[name] = tensor;
  }
  return content;
}

Safetensors read_safetensors(const std::filesystem::path& path) {
  const std::string bytes = read_file(path, std::uintmax_t{4} << 30);
  return read_safetensors(std::as_bytes(std::span(bytes)));
}

void write_safetensors(const std::filesystem::path& path, const Safetensors& content) {
  nlohmann::json header = nlohmann::json::object();
  if (!content.metadata.empty()) header["__metadata__"] = content.metadata;
  std::uint64_t at = 0;
  for (const auto& [name, tensor] : content.tensors) {
    const std::uint64_t end = at + tensor.nbytes();
    header[name] = {{"dtype", safetensors_name(dtype_of(tensor.scalar_type()))},
                    {"shape", tensor.sizes().vec()},
                    {"data_offsets", {at, end}}};
    at = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = text.size();

  AtomicFile file(path);
  std::ofstream out(file.path(), std::ios::binary);
  out.write(reinterpret_cast<const char*>(&length), sizeof(length));
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  for (const auto& [name, tensor] : content.tensors) {
    const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
    out.write(static_cast<const char*>(plain.data_ptr()),
              static_cast<std::streamsize>(plain.nbytes()));
  }
  out.close();
  if (!out) {
    fail(ErrorKind::io, "{} cannot be written; is the disk full?", path.string());
  }
  file.commit();
}

}  // namespace atelier::nets
