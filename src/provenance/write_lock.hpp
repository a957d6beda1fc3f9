// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "provenance/descriptor.hpp"

namespace atelier::provenance {

/// The right to write, of one process at a time; it ends with the process, however that ends.
class WriteLock {
 public:
  /// Locks `file`, which is made when missing and stays. Throws Error io: one sentence that names
  /// `what` when another process holds it.
  WriteLock(const std::filesystem::path& file, std::string_view what);

 private:
  Descriptor file_;
};

}  // namespace atelier::provenance
