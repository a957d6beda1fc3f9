// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/gan/painter.hpp"
#include "jobs/family.hpp"

namespace atelier::jobs {

/// A parent as people name it: "seed:12", or a picture that `generate`, `breed` or `invert` wrote.
/// Throws Error bad_input when the file is none, invalid_argument when it is another generator's or
/// a sheet of several.
[[nodiscard]] Member find_member(const gan::Painter& painter, const std::string& named,
                                 double truncation);

}  // namespace atelier::jobs
