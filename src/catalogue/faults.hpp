// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "atelier/catalogue/check.hpp"

namespace atelier::catalogue {

/// What a check finds: sentences, not endlessly many.
class Faults {
 public:
  explicit Faults(std::vector<std::string>& to) : to_(to) {}

  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    constexpr std::size_t most = 1000;
    if (to_.size() < most) to_.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

 private:
  std::vector<std::string>& to_;
};

void check_chains(const Catalogue& catalogue, CheckReport& report, Faults& faults);
void check_owners(const Catalogue& catalogue, Faults& faults);
void check_ledger(const Catalogue& catalogue, CheckReport& report, Faults& faults);

}  // namespace atelier::catalogue
