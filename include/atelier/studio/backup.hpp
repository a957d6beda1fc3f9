// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

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
/// `files`: where its files lie, as its server was told: a folder, or s3://BUCKET/PREFIX with what
/// the environment says; empty: in `data`. Those of an S3 store lie in `data` while they are
/// written.
///
/// Throws Error bad_input where there is no studio or a file of it is missing or damaged, io where
/// something cannot be written or the store does not answer, or another backup or a job of the
/// catalogue or the ledger does not end in time; invalid_argument for a store that is none.
BackupCounts back_up(const std::filesystem::path& data, const std::filesystem::path& archive,
                     const std::string& files = {});

/// Makes a studio's folder of an archive: `data` must be missing or empty, and appears whole or not
/// at all. Each file's SHA-256 is compared with what the archive says. Files go where `files` says,
/// once everything has been compared; what was put there goes again when the rest fails.
///
/// Throws Error bad_input for an archive that is none, is damaged or cut short, invalid_argument
/// for a folder that holds something and a store that is none, io where something cannot be
/// written.
BackupCounts restore(const std::filesystem::path& archive, const std::filesystem::path& data,
                     const std::string& files = {});

}  // namespace atelier::studio
