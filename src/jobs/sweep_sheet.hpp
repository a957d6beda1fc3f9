// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/image/contact_sheet.hpp"
#include "atelier/jobs/sweep.hpp"

namespace atelier::jobs {

/// Where each combination stands: values' places on their axes, the first axis slowest.
[[nodiscard]] std::vector<std::vector<std::size_t>> combinations(
    const std::vector<SweepAxis>& axes);

/// The blocks of a sheet, from cells in the order of combinations().
[[nodiscard]] std::vector<image::SheetBlock> sweep_blocks(const std::vector<SweepAxis>& axes,
                                                          std::vector<image::SheetCell> cells);

}  // namespace atelier::jobs
