// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/provenance/log_folder.hpp"
#include "atelier/provenance/proof_file.hpp"

namespace atelier::jobs {

/// The log of a folder: of a ledger's folder what it serves, of any other the folder itself.
[[nodiscard]] provenance::LogFolder log_in(const std::filesystem::path& folder);

/// The checkpoint of a log, and that the log grew to it since it had `old_size` entries, by its
/// tiles. Throws Error bad_input when there is no checkpoint, the tiles are not those that it
/// promises, or it tells of fewer entries than `old_size`.
[[nodiscard]] provenance::GrowthProof growth_of(const provenance::LogFolder& log,
                                                std::uint64_t old_size);

}  // namespace atelier::jobs
