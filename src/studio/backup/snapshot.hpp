// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "studio/commands/command.hpp"
#include "studio/place.hpp"

namespace atelier::studio {

/// A studio as it was at one moment, beside the one that goes on: FOLDER/studio.sqlite,
/// FOLDER/files with the files that it knows, by digest, and FOLDER/kept. Files are second names of
/// those that are there, not copies, where the system has such names; those of a store of objects
/// are brought.
///
/// It is taken between jobs that work on what is kept, so that the catalogue, the ledger and the
/// database tell the same. Jobs that run wait in it.
///
/// Throws Error bad_input where a file that the database knows is missing, io where no such moment
/// comes in two minutes. `all`: every command, of which some are done at home.
void take_snapshot(const Place& place, const std::filesystem::path& folder,
                   const std::vector<Command>& all);

}  // namespace atelier::studio
