// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/base/progress.hpp"

namespace atelier::cli {

/// How progress is told: for people, or as JSON lines for programs that run this one. As JSON every
/// ProgressBar writes a line up to twenty times a second, whatever --quiet says.
enum class ProgressForm { people, json };

/// For the whole program: what --progress says.
void set_progress_form(ProgressForm form);
[[nodiscard]] ProgressForm progress_form();

/// A JSON line of progress without its end: {"stage", "done", "total", "seconds", "remaining",
/// "values"}; remaining is negative when it is not known.
[[nodiscard]] std::string progress_json(const Progress& progress);

}  // namespace atelier::cli
