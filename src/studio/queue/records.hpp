// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <mutex>

#include "atelier/store/database.hpp"
#include "studio/place.hpp"
#include "studio/random_text.hpp"

namespace atelier::studio {

/// The studio's database: jobs, files, who may come in. Several processes may have it open, servers
/// and workers; what each changes the others see at once.
///
/// `durable` writes reach the disk before they return; `quick` ones (progress) may be lost when the
/// machine loses power, never when a process ends. A thread that uses either holds `mutex`.
///
/// Where rows have locks (PostgreSQL), all take them in one order: the one writer, a job, the
/// clock, owners.
struct Records {
  /// Opens the place's database, or makes it. Throws Error as store::Database.
  explicit Records(const Place& place);

  /// Seconds since 1970 of one clock for all who share the database: the machine's, or that of the
  /// database's server.
  [[nodiscard]] double now();

  store::Database durable, quick;
  std::recursive_mutex mutex;
};

/// What the database holds, step by step.
[[nodiscard]] const store::Schema& records_schema();

/// A further connection to the same.
[[nodiscard]] store::Database open_records(const Place& place,
                                           store::Durability durability = store::Durability::quick);

/// Channels of the database: something about a job has another version; a job may be taken.
inline constexpr const char* changes_channel = "changes";
inline constexpr const char* jobs_channel = "jobs";

/// The next version, which no change has had before; versions become visible in their order, and
/// whoever listens to changes is woken. Within a transaction.
[[nodiscard]] std::int64_t next_version(const store::Database& database);

/// " FOR UPDATE" and the like where rows have locks, "" where one writes at a time.
[[nodiscard]] std::string row_lock(const store::Database& database, std::string_view lock);

/// Seconds since 1970 of this machine's clock.
[[nodiscard]] double now_seconds();

/// RFC 3339 in UTC, whole seconds; "" for 0, which stands for never.
[[nodiscard]] std::string time_text(double seconds);

}  // namespace atelier::studio
