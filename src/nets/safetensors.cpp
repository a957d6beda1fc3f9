// SPDX-License-Identifier: Apache-2.0
#include "nets/safetensors.hpp"

#include <ATen/ATen.h>

#include <bit>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/mapped_file.hpp"
#include "nets/safetensors_header.hpp"
#include "tensor/spill.hpp"

namespace atelier::nets {

static_assert(std::endian::native == std::endian::little, "safetensors are read as they lie");

namespace {

/// `make(data, entry)` makes a tensor of the bytes at `data`.
template <class Make>
Safetensors read_content(std::span<const std::byte> bytes, const Make& make) {
  SafetensorsHeader header = parse_safetensors(bytes);
  Safetensors content;
  content.metadata = std::move(header.metadata);
  for (const auto& [name, entry] : header.tensors) {
    content.tensors[name] = make(bytes.data() + entry.begin, entry);
  }
  return content;
}

at::Tensor copy_of(const std::byte* data, const SafetensorsEntry& entry) {
  at::Tensor tensor = at::empty(entry.shape, scalar_type(entry.type));
  const std::uint64_t size = entry.end - entry.begin;
  if (size > 0) std::memcpy(tensor.data_ptr(), data, size);
  return tensor;
}

}  // namespace

Safetensors read_safetensors(std::span<const std::byte> bytes) {
  return read_content(bytes, copy_of);
}

Safetensors read_safetensors(const std::shared_ptr<const MappedFile>& file) {
  return read_content(file->bytes(), [&](const std::byte* data, const SafetensorsEntry& entry) {
    const at::ScalarType type = scalar_type(entry.type);
    const bool aligned = reinterpret_cast<std::uintptr_t>(data) % at::elementSize(type) == 0;
    if (!aligned || entry.end == entry.begin) return copy_of(data, entry);
    return at::from_blob(
        const_cast<std::byte*>(data), entry.shape, [file](void*) {}, type);
  });
}

Safetensors read_safetensors(const std::filesystem::path& path) {
  return read_safetensors(std::make_shared<const MappedFile>(path, std::uintmax_t{4} << 30));
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
    tensor::let_go(tensor);
  }
  out.close();
  if (!out) {
    fail(ErrorKind::io, "{} cannot be written; is the disk full?", path.string());
  }
  file.commit();
}

}  // namespace atelier::nets
