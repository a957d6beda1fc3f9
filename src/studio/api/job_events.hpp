// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "studio/http/message.hpp"
#include "studio/queue/job.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {

/// A job's present state as a server-sent event.
[[nodiscard]] http::Event job_event(const Job& job);

/// What has changed after a version, oldest first: jobs in their present state, and jobs that are
/// gone.
[[nodiscard]] std::vector<http::Event> changes_after(const store::Database& database,
                                                     std::int64_t version);

/// Jobs that have not ended, as events.
[[nodiscard]] std::vector<http::Event> present_jobs(const store::Database& database);

/// The newest version that there is.
[[nodiscard]] std::int64_t newest_version(const store::Database& database);

}  // namespace atelier::studio
