// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace atelier {

/// The first executable of this name in the folders of $PATH.
[[nodiscard]] std::optional<std::filesystem::path> find_program(const std::string& name);

/// What a program may use; 0: as much as it likes.
struct ProcessLimits {
  int seconds = 0;                ///< of the clock, after which it is killed
  std::int64_t memory_bytes = 0;  ///< address space
  std::int64_t file_bytes = 0;    ///< of each file that it writes
};

struct ProcessResult {
  int status = 0;          ///< exit status; 128 + the signal's number when one ended it
  bool timed_out = false;  ///< it was killed at the end of its time
  std::string output;      ///< the last 64 KiB of stdout and stderr together
};

/// Runs a program to its end, without a shell and without input. `command` begins with its path.
/// Throws Error missing_capability when it cannot be started.
[[nodiscard]] ProcessResult run_process(const std::vector<std::string>& command,
                                        const ProcessLimits& limits = {});

/// The last line of a program's output that is not blank, at most 300 bytes of it.
[[nodiscard]] std::string last_line(const std::string& output);

}  // namespace atelier
