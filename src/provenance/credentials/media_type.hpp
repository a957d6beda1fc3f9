// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace atelier::provenance {

struct MediaType {
  std::string_view name;   ///< "image/png" (IANA)
  std::string_view title;  ///< "a PNG picture"
};

/// What a file is by its first bytes, not by its suffix; text by its suffix; or else
/// "application/octet-stream". Throws Error bad_input when it cannot be read.
[[nodiscard]] MediaType media_type_of(const std::filesystem::path& file);

}  // namespace atelier::provenance
