// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace atelier::provenance::test {

/// Small whole files of kinds that hold credentials: names with suffixes, and bytes.
[[nodiscard]] const std::map<std::string, std::string>& small_files();

[[nodiscard]] std::string small_png(unsigned seed = 1);
[[nodiscard]] std::string small_jpeg();

}  // namespace atelier::provenance::test
