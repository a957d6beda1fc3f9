// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/money.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::catalogue {
namespace {

/// Codes of ISO 4217, three letters each, by their decimals.
constexpr std::string_view none_after = "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXVNDVUVXAFXOFXPF";
constexpr std::string_view two_after =
    "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCNYCOPCRCCUPCVECZK"
    "DKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYDKZT"
    "LAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKRPLN"
    "QARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOPTRYTTDTWDTZSUAHUSDUYUUZS"
    "VEDVESWSTXCDXCGYERZARZMWZWG";
constexpr std::string_view three_after = "BHDIQDJODKWDLYDOMRTND";

bool holds(std::string_view codes, std::string_view code) {
  for (std::size_t i = 0; i < codes.size(); i += 3) {
    if (codes.substr(i, 3) == code) return true;
  }
  return false;
}

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  fail(ErrorKind::bad_input, "'{}' is no price: {}; write it as 1200.50 EUR.", text.substr(0, 40),
       why);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<int> decimals_of(std::string_view currency) {
  if (currency.size() != 3) return std::nullopt;
  if (holds(two_after, currency)) return 2;
  if (holds(none_after, currency)) return 0;
  if (holds(three_after, currency)) return 3;
  return std::nullopt;
}

Money parse_money(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == text.npos) refuse(text, "an amount and a currency with a blank between are needed");
  std::string_view amount = text.substr(0, blank), currency = text.substr(blank + 1);
  if (!amount.empty() && !is_digit(amount.front())) std::swap(amount, currency);
  const std::optional<int> decimals = decimals_of(currency);
  if (!decimals) refuse(text, "ISO 4217 has no such currency");
  const std::size_t point = std::min(amount.find('.'), amount.size());
  const std::string_view whole = amount.substr(0, point),
                         part = point < amount.size() ? amount.substr(point + 1) : "";
  if (whole.empty() || !std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(part.begin(), part.end(), is_digit) || (point < amount.size() && part.empty()))
    refuse(text, "the amount is no number");
  if (std::ssize(part) > *decimals)
    refuse(text, fmt::format("{} has {} decimals", currency, *decimals));
  std::string digits = std::string(whole) + std::string(part);
  digits.append(static_cast<std::size_t>(*decimals) - part.size(), '0');
  std::int64_t minor = 0;
  for (const char c : digits) {
    minor = 10 * minor + (c - '0');
    if (minor > max_minor) refuse(text, "that is too much");
  }
  return {minor, std::string(currency)};
}

std::string to_text(const Money& money) {
  const int decimals = decimals_of(money.currency).value_or(0);
  std::string digits = fmt::format("{:0{}}", money.minor, decimals + 1);
  if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
  return digits + ' ' + money.currency;
}

}  // namespace atelier::catalogue
