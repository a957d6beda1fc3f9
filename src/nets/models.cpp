// SPDX-License-Identifier: Apache-2.0
#include "atelier/nets/models.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "nets/model_place.hpp"
#include "nets/safetensors_header.hpp"

namespace atelier::nets {
namespace {

constexpr std::uintmax_t max_file = std::uintmax_t{4} << 30;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

}  // namespace

ModelState model_state(const ModelInfo& model, const std::filesystem::path& models) {
  ModelState state;
  state.file = converted_path(model, models);
  std::error_code ignored;
  state.present = std::filesystem::is_regular_file(state.file, ignored);
  if (!state.present) return state;
  try {
    const std::string bytes = read_file(state.file, max_file);
    state.sha256 = sha256(bytes_of(bytes));
    state.verified = state.sha256 == expected_digest(model, models);
    if (is_kept_as_is(model)) {
      if (state.verified) state.source_sha256 = model.package_sha256;
      return state;
    }
    const auto metadata = parse_safetensors(bytes_of(bytes)).metadata;
    const auto source = metadata.find("source_sha256");
    if (source != metadata.end()) state.source_sha256 = source->second;
  } catch (const Error&) {
    state.verified = false;
  }
  return state;
}

}  // namespace atelier::nets
