// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/provenance/secret.hpp"

namespace atelier::provenance {

/// A whole file that only its owner may see, as bytes that are wiped. Devices and pipes are read
/// without that check: nobody else can look into them. Throws Error bad_input when it is missing,
/// not ours, open to others, or larger than `limit`.
[[nodiscard]] Secret read_private_file(const std::filesystem::path& file, std::size_t limit);

/// Throws Error bad_input when others may look into a folder of secrets, or it is not ours.
void check_private_folder(const std::filesystem::path& folder);

}  // namespace atelier::provenance
