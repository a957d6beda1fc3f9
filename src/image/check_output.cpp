// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/formats.hpp"

namespace atelier::image {

void check_output(const std::filesystem::path& path) {
  const std::string name = path.string();
  if (!format_of_suffix(path)) {
    fail(ErrorKind::invalid_argument,
         "{} names no picture format that can be written; end it with .png, .jpg, .jpeg, .tif, "
         ".tiff or .webp.",
         name.empty() ? "an empty path" : name);
  }
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) {
    fail(ErrorKind::invalid_argument, "{} is a folder; name a file in it.", name);
  }
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    fail(ErrorKind::io, "{} is not a file, so no picture can take its place; choose another path.",
         name);
  }
  const std::filesystem::path parent = path.parent_path();
  const std::string folder = parent.string();
  const auto parent_status = std::filesystem::status(parent.empty() ? "." : parent, error);
  if (!std::filesystem::exists(parent_status)) {
    fail(ErrorKind::io,
         "{} cannot be written: the folder {} does not exist; create it or choose another.", name,
         folder);
  }
  if (!std::filesystem::is_directory(parent_status)) {
    fail(ErrorKind::io, "{} cannot be written: {} is not a folder; choose another.", name, folder);
  }
  // Permissions say less than trying: read-only mounts, quotas, other users' folders, root.
  const AtomicFile trial(path);
}

}  // namespace atelier::image
