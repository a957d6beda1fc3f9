// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/train/run.hpp"

namespace atelier::train {

/// A training run as a program of its own, where there is no image library (ATELIER_CORE): of
/// packed sets, without previews.
struct Program {
  std::string name;                ///< of the executable
  std::vector<std::string> paths;  ///< what it takes first, such as PICTURES FOLDER
  /// Takes an option; false: there is none of this name.
  std::function<bool(std::string_view name, std::string_view value)> set;
  std::function<RunReport(const std::vector<std::filesystem::path>& paths, const RunListeners&,
                          std::stop_token)>
      run;
};

/// Reads NAME PATHS... [--OPTION VALUE]..., runs it and prints the log as JSON lines. Ends early,
/// with a checkpoint, when interrupted. Returns the exit status, of errors as well.
[[nodiscard]] int run_program(const Program& program, int count, char** words);

}  // namespace atelier::train
