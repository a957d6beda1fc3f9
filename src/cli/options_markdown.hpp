// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::cli {

/// docs/options.md, whole: every option of `stylize` and what each preset changes.
[[nodiscard]] std::string options_markdown();

}  // namespace atelier::cli
