// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// Engraves a score as sheet music: .svg with abcm2ps, .pdf with abcm2ps and ps2pdf, which are run
/// where they are installed, on what write_abc() writes. They get 60 seconds, 1 GiB of memory and
/// files of 64 MiB. Titles in Latin letters only.
///
/// Throws Error as write_abc(), invalid_argument for another suffix, missing_capability where a
/// program is missing (the message says what installs it) or fails, io when the file cannot be
/// written.
void engrave(const Score& score, const std::filesystem::path& path);

}  // namespace atelier::music
