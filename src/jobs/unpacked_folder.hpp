// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace atelier::jobs {

/// How an archive's pictures lie once they are unpacked.
enum class Unpacked {
  flat,     ///< all in one folder
  classes,  ///< in a folder for each class: the first folder of their path in the archive
};

/// What a person names as a folder of pictures: the folder itself or, where it is a file, an
/// archive of one (.zip, .tar, .tar.gz, .tgz), whose pictures are unpacked into TO/STEM under their
/// own names. Whatever else is in the archive is left out, hidden files too.
///
/// Throws Error bad_input for an archive that is damaged or cut short, that holds two pictures of
/// one name, or one outside of itself, or that unpacks to more than most_growth times its bytes;
/// io where something cannot be written.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& named,
                                              const std::filesystem::path& to, Unpacked how);

/// Pictures are packed already, so that no honest archive of them grows much.
inline constexpr std::uintmax_t most_growth = 100;

}  // namespace atelier::jobs
