// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "studio/files/file_store.hpp"
#include "studio/files/file_type.hpp"
#include "studio/queue/job.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {

/// What the database knows of the files in the store. All methods may be called from any thread.
/// Throws Error as store::Database.
class FileRecords {
 public:
  FileRecords(Records& records, const FileStore& store) : records_(records), store_(store) {}

  /// Keeps an upload. `fresh`: it was not there before.
  struct Added {
    FileRecord file;
    bool fresh = true;
  };
  Added add(Upload& upload, const FileType& type, const std::string& name);

  [[nodiscard]] std::optional<FileRecord> find(const std::string& digest);
  /// Newest first, of those before a number (0: from the newest); `origin` empty: any.
  [[nodiscard]] std::vector<FileRecord> list(const std::string& origin, std::int64_t before,
                                             int limit);
  /// False: there is none. Throws Error cancelled (conflict) while a job needs it.
  bool remove(const std::string& digest);

  struct Usage {
    std::int64_t count = 0, bytes = 0;
  };
  [[nodiscard]] Usage usage();

  [[nodiscard]] std::optional<std::string> thumbnail(const std::string& digest, int edge);
  void keep_thumbnail(const std::string& digest, int edge, std::string_view picture);

 private:
  Records& records_;
  const FileStore& store_;
};

}  // namespace atelier::studio
