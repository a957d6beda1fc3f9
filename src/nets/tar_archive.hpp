// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace atelier::nets {

/// True when the bytes begin as a gzip file does.
[[nodiscard]] bool is_gzip(std::span<const std::byte> bytes);

/// The files of a gzipped tar archive, such as an npm package, whose path `wanted` accepts; links
/// and folders are left out. In memory: nothing is unpacked to the disk.
///
/// Read by libarchive, which is kept and fuzzed, with its gzip and tar readers alone. Sums of
/// headers are checked, those of contents are not: a package is known by its digest. Limits: a
/// million entries, 2 GiB of wanted files. Throws Error bad_input when it is damaged or exceeds
/// them; missing_capability when this build has no libarchive.
[[nodiscard]] std::map<std::string, std::string> read_tgz(
    std::span<const std::byte> bytes, const std::function<bool(const std::string& path)>& wanted);

}  // namespace atelier::nets
