// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atelier::catalogue {

/// An amount of money: a whole number of a currency's smallest unit, so that sums are exact.
struct Money {
  std::int64_t minor = 0;  ///< 0..max_minor: cents of EUR, yen of JPY
  std::string currency;    ///< ISO 4217, "EUR"
  bool operator==(const Money&) const = default;
};
inline constexpr std::int64_t max_minor = 9'000'000'000'000'000;

/// How many decimals a currency has (ISO 4217:2015 and its amendments, list one, without funds,
/// metals and codes for tests); nothing for what is no currency.
[[nodiscard]] std::optional<int> decimals_of(std::string_view currency);

/// Reads "1200.50 EUR" or "EUR 1200.50": digits, and no more decimals than the currency has. Throws
/// Error bad_input for anything else.
[[nodiscard]] Money parse_money(std::string_view text);

/// "1200.50 EUR"
[[nodiscard]] std::string to_text(const Money& money);

}  // namespace atelier::catalogue
