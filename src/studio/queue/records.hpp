// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <mutex>

#include "atelier/store/database.hpp"

namespace atelier::studio {

/// The studio's database: jobs, files, who may come in. Several processes may have it open, the
/// server and its workers; what each changes the others see at once.
///
/// `durable` writes reach the disk before they return; `quick` ones (progress) may be lost when the
/// machine loses power, never when a process ends. A thread that uses either holds `mutex`.
struct Records {
  /// Opens DATA/studio.sqlite, or makes it. Throws Error as store::Database.
  explicit Records(const std::filesystem::path& data);

  store::Database durable, quick;
  std::recursive_mutex mutex;
};

/// The next version, which no change has had before. Within a transaction.
[[nodiscard]] std::int64_t next_version(const store::Database& database);

/// Seconds since 1970, of the clock that every process of the machine has.
[[nodiscard]] double now_seconds();

/// RFC 3339 in UTC, whole seconds; "" for 0, which stands for never.
[[nodiscard]] std::string time_text(double seconds);

/// `bytes` random bytes as lower-case hexadecimal digits, from the system's generator.
[[nodiscard]] std::string random_text(int bytes);

}  // namespace atelier::studio
