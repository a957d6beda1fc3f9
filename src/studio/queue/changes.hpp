// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "studio/queue/job.hpp"
#include "studio/queue/queue.hpp"

namespace atelier::studio {

// Steps that several of the queue's methods take, each within a transaction of theirs.

/// One line; what is no UTF-8 is replaced.
[[nodiscard]] std::string json_text(const nlohmann::json& json);

/// UTF-8 without null characters, which databases keep: what is neither becomes U+FFFD.
[[nodiscard]] std::string kept_text(std::string_view text);

/// The job with this id, or the one of this lease when it still is; nobody else changes it until
/// the transaction ends.
[[nodiscard]] std::optional<Job> hold_job(const store::Database& database, const std::string& id);
[[nodiscard]] std::optional<Job> held(const store::Database& database, const Lease& lease);

/// So much of workers' time was used for this owner.
void use_time(const store::Database& database, const std::string& owner, double seconds);

/// Whoever asked for nothing of late begins level with the least of those who wait or are served.
/// After the transaction's next_version().
void level(const store::Database& database, const std::string& owner);

/// The end of a run under a lease, whatever state comes next. Others may be able to go on then.
void leave(const store::Database& database, const Job& job, JobState next, double now,
           const nlohmann::json& error, const std::string* log);

/// The same for a job that took its process or its worker down: it waits again or, lost too often,
/// is set aside with this error.
void lose(const store::Database& database, const Job& job, double now, const nlohmann::json& error,
          const std::string* log);

/// Gives a job that waits the files of an equal one that is done, when there is one. Of the one
/// writer.
bool reuse(const store::Database& database, std::int64_t job, const std::string& request_digest,
           double now);

/// Removes a file that nothing needs any more, if it is one that a job made. Of the one writer.
void drop_if_unused(const store::Database& database, const FileStore& store,
                    const std::string& digest);

}  // namespace atelier::studio
