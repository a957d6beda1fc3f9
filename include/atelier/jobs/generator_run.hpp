// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/base/options.hpp"

namespace atelier::jobs {

/// Which generator paints, and where: of generate, breed and invert. Ranges and help stand in
/// generator_run_table().
struct GeneratorRun {
  std::string model;  ///< a file that training wrote; empty: the one that comes along
  std::string device = "auto";
  int threads = 0;
};
[[nodiscard]] const OptionTable<GeneratorRun>& generator_run_table();

}  // namespace atelier::jobs
