// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>

#include "jobs/sources/entry_pipe.hpp"

namespace atelier::jobs {

/// Visits every entry of an LMDB database, in the order of keys.
///
/// liblmdb maps the file and follows the page numbers in it wherever they lead, so that a damaged
/// database can end the process that reads it. A process of its own reads, therefore, and passes
/// entries through a pipe. The database is opened for reading alone and without a lock: nothing is
/// written to it or beside it, and it may lie where nothing can be written. Whoever writes to it
/// meanwhile makes it look damaged.
///
/// Throws Error bad_input when it cannot be read or is damaged, also after some entries were
/// visited; missing_capability when no process can be started; out_of_memory when the system ends
/// it; and what the visit throws.
void each_entry(const std::filesystem::path& data_file,
                const std::function<void(const Entry&)>& visit);

}  // namespace atelier::jobs
