// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::jobs {

/// A picture or folder that could not be used, or a result that could not be written, where many
/// pictures are painted.
struct BatchFailure {
  std::filesystem::path path;
  std::string reason;
  ErrorKind kind = ErrorKind::bad_input;
  int paintings = 0;  ///< that there are not for it
};
[[nodiscard]] nlohmann::json to_json(const BatchFailure& failure);

/// Whether the rest can go on after an error of this kind.
[[nodiscard]] bool concerns_one_painting(ErrorKind kind);

/// How a run over many ends: 0 when all is done, 130 when cancelled, 2 when pictures were bad, 1
/// when something could not be written or did not fit into memory.
[[nodiscard]] int exit_code(const std::vector<BatchFailure>& failures, bool cancelled);

}  // namespace atelier::jobs
