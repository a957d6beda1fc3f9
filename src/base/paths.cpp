// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/paths.hpp"

#include <cstdlib>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

/// The program's folder in the one that `variable` names, or else in `usual` of the home.
std::filesystem::path own_folder(const char* variable, const char* usual, const char* what) {
  // The specification: a relative path is invalid and ignored.
  if (const char* xdg = std::getenv(variable); xdg && *xdg == '/') {
    return std::filesystem::path(xdg) / "atelier";
  }
  if (const char* home = std::getenv("HOME"); home && *home) {
    return std::filesystem::path(home) / usual / "atelier";
  }
  fail(ErrorKind::missing_capability, "neither {} nor HOME is set, so {} no place; set one.",
       variable, what);
}

}  // namespace

std::filesystem::path cache_dir() {
  return own_folder("XDG_CACHE_HOME", ".cache", "weights have");
}

std::filesystem::path data_dir() {
  return own_folder("XDG_DATA_HOME", ".local/share", "keys have");
}

std::filesystem::path models_dir() {
  return cache_dir() / "models";
}

std::filesystem::path own_data(const std::filesystem::path& name) {
  std::error_code error;
  if (const char* folder = std::getenv("ATELIER_DATA"); folder && *folder) {
    const std::filesystem::path file = std::filesystem::path(folder) / name;
    return std::filesystem::exists(file, error) ? file : std::filesystem::path();
  }
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path bin = program.parent_path();
  // Of a program in bin, of one in libexec/atelier, and of those in a build folder.
  for (const std::filesystem::path& root : {bin / "../share/atelier", bin / "../../share/atelier",
                                            bin / "../../..", bin / "../../../.."}) {
    const std::filesystem::path file = (root / name).lexically_normal();
    if (std::filesystem::exists(file, error)) return file;
  }
  return {};
}

}  // namespace atelier
