// SPDX-License-Identifier: Apache-2.0
#include "train/plain_model_file.hpp"

#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::train {
namespace {

nets::PlainSafetensors read(const std::filesystem::path& path, const ModelKind& kind) {
  try {
    return nets::read_plain_safetensors(path);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    fail(ErrorKind::bad_input, "{} cannot be read as a {}: {}", path.string(), kind.noun,
         error.what());
  }
}

}  // namespace

PlainModelFile load_plain_model_file(const std::filesystem::path& path, const ModelKind& kind) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    fail(ErrorKind::missing_weights, "there is no {} at {}; train one with: {}.", kind.noun,
         path.string(), kind.command);
  }
  PlainModelFile file{read(path, kind), {}};
  file.digest = nets::digest_of(file.content.tensors);
  auto& metadata = file.content.metadata;
  if (metadata[format_key] != kind.format || metadata[digest_key] != file.digest) {
    refuse_model(path, kind);
  }
  return file;
}

void refuse_model(const std::filesystem::path& path, const ModelKind& kind) {
  fail(ErrorKind::bad_input, "{} is no {} of Atelier's, or is damaged; bring it again.",
       path.string(), kind.noun);
}

}  // namespace atelier::train
