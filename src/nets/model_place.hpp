// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "atelier/nets/models.hpp"

namespace atelier::nets {

/// Whether it is kept as it is instead of becoming NAME.safetensors: a text, a library.
[[nodiscard]] bool is_kept_as_is(const ModelInfo& model);

/// NAME.safetensors in the models' folder, NAME.txt of a text, or NAME.so of a library.
[[nodiscard]] std::filesystem::path converted_path(const ModelInfo& model,
                                                   const std::filesystem::path& models);

/// The digest the converted file must have: the registry's, or the one in NAME.sha256 beside it for
/// a file the user brought; empty when there is none.
[[nodiscard]] std::string expected_digest(const ModelInfo& model,
                                          const std::filesystem::path& models);

/// NAME.sha256 beside it, in sha256sum's form, so that it can be checked without Atelier.
[[nodiscard]] std::filesystem::path digest_path(const ModelInfo& model,
                                                const std::filesystem::path& models);

}  // namespace atelier::nets
