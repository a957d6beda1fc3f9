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

  /// Keeps an account's upload. `fresh`: this account had not uploaded it before.
  struct Added {
    FileRecord file;
    bool fresh = true;
  };
  Added add(Upload& upload, const FileType& type, const std::string& name,
            const std::string& owner);

  /// Nothing: there is none, or the seer (sight.hpp) does not see it. What the seer uploaded has
  /// the name that it had then.
  [[nodiscard]] std::optional<FileRecord> find(const std::string& digest,
                                               const std::string& seer = {});
  /// Newest first, of those before a number (0: from the newest); `origin` empty: any.
  [[nodiscard]] std::vector<FileRecord> list(const std::string& origin, std::int64_t before,
                                             int limit, const std::string& seer = {});
  /// Takes an account's upload away (empty: everybody's), and the file when nobody else has it.
  /// False: there is none. Throws Error cancelled (conflict) while a job of its needs it, and where
  /// it was no upload of this account.
  bool remove(const std::string& digest, const std::string& owner = {});

  struct Usage {
    std::int64_t count = 0, bytes = 0;
  };
  /// Of the files that the seer sees.
  [[nodiscard]] Usage usage(const std::string& seer = {});

  [[nodiscard]] std::optional<std::string> thumbnail(const std::string& digest, int edge);
  void keep_thumbnail(const std::string& digest, int edge, std::string_view picture);

 private:
  Records& records_;
  const FileStore& store_;
};

}  // namespace atelier::studio
