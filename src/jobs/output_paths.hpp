// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// Refuses, before any work, outputs that cannot be written and paths that name one file twice: an
/// output over an input, a preview over the output. Throws Error invalid_argument or io.
/// `output`: whether it is a picture; a film is checked by whoever writes it.
enum class Output { picture, film };
void check_paths(const StylizeRequest& request, Output output = Output::picture);

/// Whether options.init names a picture instead of a way to begin.
[[nodiscard]] bool init_is_file(const style::StylizeOptions& options);

/// Makes a folder for results, with those above it. Throws Error io.
void make_folder(const std::filesystem::path& folder);

}  // namespace atelier::jobs
