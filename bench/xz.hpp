// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/subprocess.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::bench {

/// Bytes that `xz -9` makes of `bytes`.
inline double packed_bytes(const std::string& bytes) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "bytes";
  write_file(file, bytes);
  const auto xz = find_program("xz");
  if (!xz) fail(ErrorKind::missing_capability, "xz is missing (Debian: xz-utils).");
  static_cast<void>(run_process({xz->string(), "-9", "-T1", "-k", file.string()}));
  return static_cast<double>(std::filesystem::file_size(folder.path() / "bytes.xz"));
}

/// Bytes that it makes of `judged` behind `learned`, which it is shown first.
inline double packed_behind(const std::string& learned, const std::string& judged) {
  return packed_bytes(learned + judged) - packed_bytes(learned);
}

}  // namespace atelier::bench
