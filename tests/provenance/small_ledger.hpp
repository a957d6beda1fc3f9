// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "atelier/provenance/ledger.hpp"
#include "provenance/known_keys.hpp"

namespace atelier::provenance::test {

inline constexpr const char* ledger_origin = "example.org/catalogue";

/// Peter's ledger in a folder, empty.
inline void make_ledger(const std::filesystem::path& folder) {
  Ledger::create(folder,
                 {.identity = "peter",
                  .key = peter_key().public_key().verifier(ledger_origin, VerifierKey::Type::log)});
}

/// Sealed events {"n": first}, {"n": first + 1}, ...
inline std::vector<SealedEvent> numbered_events(std::uint64_t first, std::uint64_t count) {
  std::vector<SealedEvent> events;
  for (std::uint64_t i = 0; i < count; ++i) events.push_back(seal({{"n", first + i}}));
  return events;
}

/// Appends so many events, signs, and returns the checkpoint.
inline std::string grow(const std::filesystem::path& folder, std::uint64_t count) {
  LedgerWriter writer(folder);
  writer.append(numbered_events(writer.head().size, count));
  return writer.sign(peter_key());
}

}  // namespace atelier::provenance::test
