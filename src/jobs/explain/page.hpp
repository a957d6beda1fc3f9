// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/jobs/explain.hpp"

namespace atelier::jobs {

/// index.html: needs no other file than the pictures beside it, and no script.
[[nodiscard]] std::string explanation_page(const Explanation& explanation);

}  // namespace atelier::jobs
