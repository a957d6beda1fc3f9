// SPDX-License-Identifier: Apache-2.0
#include "nets/safetensors.hpp"

#include <ATen/ATen.h>

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "nets/safetensors_header.hpp"
#include "tensor/spill.hpp"

namespace atelier::nets {

namespace {

at::Tensor copy_of(const PlainTensor& plain) {
  at::Tensor tensor = at::empty(plain.shape, scalar_type(plain.type));
  if (!plain.bytes.empty()) std::memcpy(tensor.data_ptr(), plain.bytes.data(), plain.bytes.size());
  return tensor;
}

}  // namespace

Safetensors read_safetensors(std::span<const std::byte> bytes) {
  PlainSafetensors plain = read_plain_safetensors(bytes);
  Safetensors content;
  content.metadata = std::move(plain.metadata);
  for (const auto& [name, tensor] : plain.tensors) content.tensors[name] = copy_of(tensor);
  return content;
}

Safetensors read_safetensors(const std::shared_ptr<const MappedFile>& file) {
  PlainSafetensors plain = read_plain_safetensors(file);
  return {tensors_of(plain), std::move(plain.metadata)};
}

Safetensors read_safetensors(const std::filesystem::path& path) {
  PlainSafetensors plain = read_plain_safetensors(path);
  return {tensors_of(plain), std::move(plain.metadata)};
}

TensorMap tensors_of(const PlainSafetensors& plain) {
  TensorMap tensors;
  for (const auto& [name, tensor] : plain.tensors) {
    const at::ScalarType type = scalar_type(tensor.type);
    const std::byte* data = tensor.bytes.data();
    const bool aligned = reinterpret_cast<std::uintptr_t>(data) % at::elementSize(type) == 0;
    tensors[name] =
        !aligned || tensor.bytes.empty()
            ? copy_of(tensor)
            : at::from_blob(
                  const_cast<std::byte*>(data), tensor.shape, [file = plain.file](void*) {}, type);
  }
  return tensors;
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
