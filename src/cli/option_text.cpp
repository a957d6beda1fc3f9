// SPDX-License-Identifier: Apache-2.0
#include "cli/option_text.hpp"

#include <fmt/ranges.h>

namespace atelier::cli {

std::string value_text(const OptionSpec& spec, const OptionValue& value) {
  return std::visit(
      [&]<class V>(const V& v) -> std::string {
        if constexpr (std::is_same_v<V, bool>) {
          return v ? "on" : "off";
        } else if constexpr (std::is_arithmetic_v<V>) {
          for (const auto& [word, number] : spec.words) {
            if (static_cast<double>(v) == number) return word;
          }
          return fmt::format("{}", v);
        } else if constexpr (std::is_same_v<V, std::string>) {
          return v;
        } else {
          return fmt::format("{}", fmt::join(v, ","));
        }
      },
      value);
}

std::string kind_text(const OptionSpec& spec, const OptionValue& value) {
  const std::string allowed = allowed_values(spec);
  const bool list = std::holds_alternative<std::vector<double>>(value) ||
                    std::holds_alternative<std::vector<std::string>>(value);
  if (list && allowed.empty()) return spec.unit.empty() ? "LIST" : "LIST of " + spec.unit;
  if (list) return "LIST of " + allowed;
  if (!allowed.empty()) return allowed;
  if (!std::holds_alternative<std::string>(value)) return "NUMBER";
  return spec.unit.empty() ? "TEXT" : spec.unit;
}

}  // namespace atelier::cli
