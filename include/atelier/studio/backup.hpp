// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace atelier::studio {

/// What a backup holds.
struct BackupCounts {
  std::int64_t jobs = 0, files = 0, bytes = 0;
};

/// Writes a studio in SQLite as one archive (tar): the database of one moment, every file that it
/// knows, what the studio keeps (catalogue, ledger), and the owner's token. Server and workers may
/// run meanwhile: jobs that run are in it as jobs that wait, and what they make later is not.
/// Whoever can read the archive can enter the studio, so its owner alone may.
///
/// Throws Error bad_input where there is no studio or a file of it is missing or damaged, io where
/// something cannot be written, or another backup or a job of the catalogue or the ledger does not
/// end in time.
BackupCounts back_up(const std::filesystem::path& data, const std::filesystem::path& archive);

/// Makes a studio's folder of an archive: `data` must be missing or empty, and appears whole or not
/// at all. Each file's SHA-256 is compared with what the archive says.
///
/// Throws Error bad_input for an archive that is none, is damaged or cut short, invalid_argument
/// for a folder that holds something, io where something cannot be written.
BackupCounts restore(const std::filesystem::path& archive, const std::filesystem::path& data);

}  // namespace atelier::studio
