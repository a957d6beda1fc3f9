// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "atelier/style/options.hpp"

namespace atelier::style {

/// The colour of each style in options.style_map, "-" for one that has none: those that the
/// options name, else red, lime, blue, yellow, magenta and cyan in turn. Throws Error
/// invalid_argument when there are more styles than that.
[[nodiscard]] std::vector<std::string> map_colours(const StylizeOptions& options,
                                                   std::size_t styles);

}  // namespace atelier::style
