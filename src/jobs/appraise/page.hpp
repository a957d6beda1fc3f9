// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/jobs/appraise.hpp"

namespace atelier::jobs {

/// The report as one page with all works, their pictures within it. Throws as load_picture() for a
/// work that has gone since.
[[nodiscard]] std::string appraisal_page(const AppraiseReport& report);

}  // namespace atelier::jobs
