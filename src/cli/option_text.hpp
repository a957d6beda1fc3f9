// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/base/options.hpp"

namespace atelier::cli {

/// A value as it is typed: "relu1_1,relu2_1", "0.2", "native" for a number that has a word.
[[nodiscard]] std::string value_text(const OptionSpec& spec, const OptionValue& value);

/// What kind of value an option takes: its range or words, else its unit ("FILE"), "NUMBER", "LIST"
/// or "TEXT".
[[nodiscard]] std::string kind_text(const OptionSpec& spec, const OptionValue& value);

}  // namespace atelier::cli
