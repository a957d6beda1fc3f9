// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/jobs/appraise.hpp"
#include "jobs/html/html.hpp"

namespace atelier::jobs {

/// A poem as a section of an appraisal's page: its lines with the letters of their rhymes, and what
/// is told of it.
void add_text_section(HtmlPage& page, const AppraisedText& text);

}  // namespace atelier::jobs
