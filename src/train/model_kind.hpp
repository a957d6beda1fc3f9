// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace atelier::train {

/// A kind of models that are shipped.
struct ModelKind {
  const char* format;   ///< how its files name it, such as "atelier gan 1"
  const char* noun;     ///< "generator"
  const char* command;  ///< that trains one, "atelier train gan"
};

/// What a model's file calls its format, and the digest of its tensors.
inline constexpr const char *format_key = "format", *digest_key = "tensors_sha256";

/// What a file that is damaged in other ways is refused with.
[[noreturn]] void refuse_model(const std::filesystem::path& path, const ModelKind& kind);

}  // namespace atelier::train
