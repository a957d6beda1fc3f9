// SPDX-License-Identifier: Apache-2.0
#include "train/model_file.hpp"

#include <utility>

#include "nets/safetensors.hpp"
#include "train/plain_model_file.hpp"

namespace atelier::train {

void save_model_file(const std::filesystem::path& path, const ModelKind& kind,
                     const nets::TensorMap& tensors, std::map<std::string, std::string> metadata) {
  metadata[format_key] = kind.format;
  metadata[digest_key] = nets::digest_of(tensors);
  nets::write_safetensors(path, {tensors, {metadata.begin(), metadata.end()}});
}

ModelFile load_model_file(const std::filesystem::path& path, const ModelKind& kind) {
  PlainModelFile file = load_plain_model_file(path, kind);
  return {nets::tensors_of(file.content), std::move(file.content.metadata), std::move(file.digest)};
}

}  // namespace atelier::train
