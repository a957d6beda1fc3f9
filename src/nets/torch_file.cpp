// SPDX-License-Identifier: Apache-2.0
#include "nets/torch_file.hpp"

#include <ATen/ATen.h>

#include <cstring>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "nets/state_dict.hpp"
#include "nets/zip_archive.hpp"

namespace atelier::nets {
namespace {

constexpr std::uint64_t max_file = std::uint64_t{4} << 30;
constexpr std::uint64_t max_pickle = 64u << 20;

/// One storage as a flat tensor of its own memory.
at::Tensor copy_storage(const Storage& storage, std::span<const std::byte> bytes) {
  at::Tensor flat = at::empty({storage.elements}, scalar_type(storage.type));
  if (bytes.size() != flat.nbytes()) {
    fail(ErrorKind::bad_input, "the torch file is damaged (a storage has {} bytes instead of {}).",
         bytes.size(), flat.nbytes());
  }
  if (!bytes.empty()) std::memcpy(flat.data_ptr(), bytes.data(), bytes.size());
  return flat;
}

TensorMap windows(const StateDict& dict, const TensorMap& storages) {
  TensorMap tensors;
  for (const auto& [name, tensor] : dict.tensors) {
    tensors[name] = storages.at(tensor.storage)
                        .as_strided(tensor.sizes, tensor.strides, tensor.offset)
                        .contiguous();
  }
  return tensors;
}

TensorMap read_legacy(std::span<const std::byte> bytes) {
  const LegacyTorchFile file = read_legacy_torch_file(bytes);
  TensorMap storages;
  for (const auto& [key, data] : file.data) {
    storages[key] = copy_storage(file.dict.storages.at(key), data);
  }
  return windows(file.dict, storages);
}

/// Members FOLDER/data.pkl, FOLDER/byteorder (since PyTorch 2.1) and FOLDER/data/KEY.
TensorMap read_zip(std::span<const std::byte> bytes) {
  const ZipArchive zip(bytes);
  const std::string pickle = "data.pkl";
  std::string folder;
  for (const std::string& name : zip.names()) {
    const bool found = name.ends_with(pickle) && name.find('/') == name.size() - pickle.size() - 1;
    if (found) folder = name.substr(0, name.size() - pickle.size());
  }
  if (folder.empty()) {
    fail(ErrorKind::bad_input, "the zip file holds no data.pkl; it is not a file of torch.save.");
  }
  if (zip.contains(folder + "byteorder") && zip.read(folder + "byteorder", 16) != "little") {
    fail(ErrorKind::bad_input, "the torch file is big-endian, which is not supported.");
  }
  const std::string text = zip.read(folder + pickle, max_pickle);
  const StateDict dict = read_state_dict(std::as_bytes(std::span(text)));
  std::uint64_t total = 0;
  TensorMap storages;
  for (const auto& [key, storage] : dict.storages) {
    const auto size = static_cast<std::uint64_t>(storage.elements * element_size(storage.type));
    total += size;
    if (total > max_file) {
      fail(ErrorKind::bad_input,
           "the torch file unpacks to more than 4 GiB; is it the right file?");
    }
    const std::string data = zip.read(folder + "data/" + key, size);
    storages[key] = copy_storage(storage, std::as_bytes(std::span(data)));
  }
  return windows(dict, storages);
}

}  // namespace

TensorMap read_torch_file(std::span<const std::byte> bytes) {
  if (is_legacy_torch_file(bytes)) return read_legacy(bytes);
  if (is_zip(bytes)) return read_zip(bytes);
  fail(ErrorKind::bad_input,
       "the file is not one of torch.save: it begins neither as a zip file nor with torch's magic "
       "number.");
}

TensorMap read_torch_file(const std::filesystem::path& path) {
  const std::string bytes = read_file(path, max_file);
  return read_torch_file(std::as_bytes(std::span(bytes)));
}

}  // namespace atelier::nets
