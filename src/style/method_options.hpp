// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/style/options.hpp"

namespace atelier::style {

/// Refuses options that the chosen method does not look at and that differ from their preset's.
/// Throws Error invalid_argument.
void check_method(const StylizeOptions& options);

}  // namespace atelier::style
