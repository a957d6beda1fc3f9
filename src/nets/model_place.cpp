// SPDX-License-Identifier: Apache-2.0
#include "nets/model_place.hpp"

#include <string_view>

#include "atelier/base/atomic_file.hpp"

namespace atelier::nets {
namespace {

constexpr std::string_view weights_suffix = ".safetensors";

std::string_view suffix_of(const ModelInfo& model) {
  if (model.architecture == "text") return ".txt";
  if (model.architecture == "library") return ".so";
  return weights_suffix;
}

}  // namespace

bool is_kept_as_is(const ModelInfo& model) {
  return suffix_of(model) != weights_suffix;
}

std::filesystem::path converted_path(const ModelInfo& model, const std::filesystem::path& models) {
  return models / (model.name + std::string(suffix_of(model)));
}

std::string expected_digest(const ModelInfo& model, const std::filesystem::path& models) {
  if (!model.converted_sha256.empty()) return model.converted_sha256;
  std::error_code ignored;
  const auto path = digest_path(model, models);
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  return read_file(path, 4096).substr(0, 64);
}

std::filesystem::path digest_path(const ModelInfo& model, const std::filesystem::path& models) {
  return models / (model.name + ".sha256");
}

}  // namespace atelier::nets
