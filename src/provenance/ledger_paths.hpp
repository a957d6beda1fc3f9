// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace atelier::provenance {

/// Where the parts of a ledger lie; ledger.hpp says what they are.
struct LedgerPaths {
  std::filesystem::path folder;

  [[nodiscard]] std::filesystem::path settings() const { return folder / "ledger.json"; }
  [[nodiscard]] std::filesystem::path served() const { return folder / "public"; }
  [[nodiscard]] std::filesystem::path kept() const { return folder / "private"; }
  [[nodiscard]] std::filesystem::path checkpoint() const { return served() / "checkpoint"; }
  [[nodiscard]] std::filesystem::path head() const { return folder / "head"; }
  [[nodiscard]] std::filesystem::path lock() const { return folder / "lock"; }
  [[nodiscard]] std::filesystem::path aside() const { return folder / "aside"; }
};

}  // namespace atelier::provenance
