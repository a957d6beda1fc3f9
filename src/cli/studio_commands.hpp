// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/base/paths.hpp"
#include "cli/commands.hpp"

namespace atelier::cli {

// The commands of the studio, one file each.
void add_serve(CLI::App& app, Action& action);
void add_studio(CLI::App& app, Action& action);
void add_worker(CLI::App& app, Action& action);
/// What the studio runs to make a picture small; not among those that the help lists.
void add_thumbnail(CLI::App& app, Action& action);

/// The studio's folder: as it was given, or the user's own.
[[nodiscard]] inline std::string studio_folder(const std::string& given) {
  return given.empty() ? (data_dir() / "studio").string() : given;
}

}  // namespace atelier::cli
