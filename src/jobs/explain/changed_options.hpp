// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/style/options.hpp"

namespace atelier::jobs {

/// An option that is not as its preset has it.
struct ChangedOption {
  std::string name;
  OptionValue value, default_value;
  std::string note;  ///< why its effect cannot be seen in small; empty: it can
};

/// Those of `options`, in the table's order.
[[nodiscard]] std::vector<ChangedOption> changed_options(const style::StylizeOptions& options);

/// The same painting in small: 192 px long and with few steps.
[[nodiscard]] style::StylizeOptions in_small(style::StylizeOptions options);

/// A value as it is typed.
[[nodiscard]] std::string typed(const std::string& option, const OptionValue& value);

}  // namespace atelier::jobs
