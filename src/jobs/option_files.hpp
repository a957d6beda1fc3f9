// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/style/options.hpp"

namespace atelier::jobs {

/// A file that an option names.
struct OptionFile {
  std::string option;  ///< "--style-mask"
  std::string* path;   ///< within the options
};

/// Every file that the options name but --init's, in a fixed order: what a run reads besides its
/// pictures, what a recipe records, and what no output may overwrite.
[[nodiscard]] std::vector<OptionFile> option_files(style::StylizeOptions& options);

}  // namespace atelier::jobs
