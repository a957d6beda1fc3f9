// SPDX-License-Identifier: Apache-2.0
#include "train/model_file.hpp"

#include <utility>

#include "atelier/base/error.hpp"
#include "nets/safetensors.hpp"
#include "train/checkpoint.hpp"

namespace atelier::train {
namespace {

constexpr const char *format_key = "format", *digest_key = "tensors_sha256";

nets::Safetensors read(const std::filesystem::path& path, const ModelKind& kind) {
  try {
    return nets::read_safetensors(path);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    fail(ErrorKind::bad_input, "{} cannot be read as a {}: {}", path.string(), kind.noun,
         error.what());
  }
}

}  // namespace

void save_model_file(const std::filesystem::path& path, const ModelKind& kind,
                     const nets::TensorMap& tensors, std::map<std::string, std::string> metadata) {
  metadata[format_key] = kind.format;
  metadata[digest_key] = digest_of(tensors);
  nets::write_safetensors(path, {tensors, {metadata.begin(), metadata.end()}});
}

ModelFile load_model_file(const std::filesystem::path& path, const ModelKind& kind) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    fail(ErrorKind::missing_weights, "there is no {} at {}; train one with: {}.", kind.noun,
         path.string(), kind.command);
  }
  nets::Safetensors content = read(path, kind);
  ModelFile file{
      std::move(content.tensors), {content.metadata.begin(), content.metadata.end()}, {}};
  file.digest = digest_of(file.tensors);
  if (file.metadata[format_key] != kind.format || file.metadata[digest_key] != file.digest) {
    refuse_model(path, kind);
  }
  return file;
}

void refuse_model(const std::filesystem::path& path, const ModelKind& kind) {
  fail(ErrorKind::bad_input, "{} is no {} of Atelier's, or is damaged; bring it again.",
       path.string(), kind.noun);
}

}  // namespace atelier::train
