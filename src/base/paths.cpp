// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/paths.hpp"

#include <cstdlib>

#include "atelier/base/error.hpp"

namespace atelier {

std::filesystem::path cache_dir() {
  // The specification: a relative path is invalid and ignored.
  if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg && *xdg == '/') {
    return std::filesystem::path(xdg) / "atelier";
  }
  if (const char* home = std::getenv("HOME"); home && *home) {
    return std::filesystem::path(home) / ".cache" / "atelier";
  }
  fail(ErrorKind::missing_capability,
       "neither XDG_CACHE_HOME nor HOME is set, so weights have no place; set one.");
}

std::filesystem::path models_dir() {
  return cache_dir() / "models";
}

}  // namespace atelier
