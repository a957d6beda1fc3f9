// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "studio/queue/job.hpp"

namespace atelier::studio {

/// Who sees what. A seer is the name of an account, or empty for those who see everything. An
/// account sees its own jobs, the shared ones, the files of both, and what it uploaded.
[[nodiscard]] inline bool sees(const std::string& seer, const Job& job) {
  return seer.empty() || job.owner == seer || job.shared;
}

/// SQL: a row of `files` that the seer whom `parameter` stands for sees.
[[nodiscard]] std::string sees_file(std::string_view parameter);

}  // namespace atelier::studio
