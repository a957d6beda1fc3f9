// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "studio/commands/command_line.hpp"
#include "studio/files/file_store.hpp"

namespace atelier::studio {

/// What a running job shows of its work: one file that its process replaces at once, or sheets that
/// it adds to a folder.
class PreviewTaker {
 public:
  /// Forgets what another attempt left. `folder`: the job's own.
  PreviewTaker(const FileStore& store, const std::filesystem::path& folder,
               const CommandLine& line);

  /// The digest of a preview that was not there before, which the store has now. Throws Error as
  /// FileStore::keep().
  std::optional<std::string> take();

 private:
  std::optional<std::string> keep_taken() const;
  std::optional<std::string> newest_sheet();

  const FileStore& store_;
  std::filesystem::path file_, sheets_, taken_;
  std::string last_;  ///< name of the sheet that was taken
};

}  // namespace atelier::studio
