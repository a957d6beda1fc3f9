// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "studio/queue/job.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {

/// A job's columns in the order that read_job() takes them in.
inline constexpr std::string_view job_columns =
    "number, id, version, owner, command, label, request, request_digest, priority, state, "
    "attempts, losses, reused, stopping, created, started, ended, progress, preview, text, report, "
    "error, shared, checkpoint";

/// What stands in `stopping` of a job that somebody cancelled, or wants to end with what there is.
inline constexpr std::int64_t stop_order = 1, finish_order = 2;

/// The job of the statement's present row, with its outputs.
[[nodiscard]] Job read_job(const store::Database& database, const store::Statement& row);

/// Nothing when there is none.
[[nodiscard]] std::optional<Job> find_job(const store::Database& database, const std::string& id);
/// A job that the transaction holds. Throws Error internal when there is none.
[[nodiscard]] Job known_job(const store::Database& database, const std::string& id);

inline constexpr std::string_view file_columns =
    "digest, name, kind, media, suffix, bytes, origin, created, number";

[[nodiscard]] FileRecord read_file_record(const store::Statement& row, int first_column = 0);

/// Whether any job that has not ended takes the file, or any job's result is it; `owner`: of this
/// account's jobs.
[[nodiscard]] bool file_in_use(const store::Database& database, const std::string& digest,
                               const std::string& owner = {});

/// Makes the file known; one that is known stays as it is. Within a transaction.
void insert_file(const store::Database& database, const FileRecord& file);

}  // namespace atelier::studio
