// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "studio/queue/records.hpp"
#include "studio/queue/roles.hpp"

namespace atelier::studio {

/// What an account has now, and what its jobs have used today, each and all. Throws Error as
/// store::Database.
[[nodiscard]] std::int64_t waiting_of(Records& records, const std::string& owner);
[[nodiscard]] double storage_of(Records& records, const std::string& owner);  ///< GiB
[[nodiscard]] double worker_seconds_of(Records& records, const std::string& owner, double now);
[[nodiscard]] Quotas used_by(Records& records, const std::string& owner, double now);

/// Counts the time of workers on the day that it ends. Within a transaction.
void spend(const store::Database& database, const std::string& owner, double now, double seconds);

/// Seconds since 1970 of the next midnight in UTC, when a day's seconds begin anew.
[[nodiscard]] double next_day(double now);

/// The day's number since 1970.
[[nodiscard]] std::int64_t day_of(double now);

/// SQL: a job `j` whose owner has seconds of workers left on the day that `parameter` stands for.
[[nodiscard]] std::string has_time_left(std::string_view parameter);

}  // namespace atelier::studio
