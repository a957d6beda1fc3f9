// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace atelier::nets {

/// True when the bytes begin as a zip file's first member does.
[[nodiscard]] bool is_zip(std::span<const std::byte> bytes);

/// A zip file in memory: a Python wheel, or what torch.save writes.
///
/// Read by libzip, which is kept and fuzzed; torch's own PyTorchStreamReader refuses wheels, as it
/// wants one folder with a version record. Checksums of members are checked. `bytes` must outlive
/// this. Throws Error bad_input when it is damaged; missing_capability when this build has no
/// libzip.
class ZipArchive {
 public:
  explicit ZipArchive(std::span<const std::byte> bytes);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  /// Every member's path, in the archive's order.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool contains(const std::string& name) const;

  /// A member's content. Throws Error bad_input when there is none of this name or it unpacks to
  /// more than `limit` bytes.
  [[nodiscard]] std::string read(const std::string& name, std::uint64_t limit) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace atelier::nets
