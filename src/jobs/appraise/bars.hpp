// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "jobs/html/html.hpp"

namespace atelier::jobs {

/// A share (0..1) as a bar within an element of class "bars", with a mark at another where that is
/// not below 0. Names' underscores become blanks.
void add_bar(HtmlPage& page, const std::string& name, double share, double mark = -1);

}  // namespace atelier::jobs
