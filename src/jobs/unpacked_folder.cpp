// SPDX-License-Identifier: Apache-2.0
#include "jobs/unpacked_folder.hpp"

#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "jobs/sources/picture_source.hpp"

namespace atelier::jobs {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& named, const fs::path& to, Unpacked how) {
  if (!fs::is_regular_file(named)) return named;
  const fs::path folder = to / named.stem();
  const std::uintmax_t most = fs::file_size(named) * most_growth;
  std::uintmax_t bytes = 0;
  const bool classes = how == Unpacked::classes;
  open_archive(named, {.by_folder = classes, .column = {}})->each([&](const FoundPicture& picture) {
    bytes += fs::file_size(picture.file);
    if (bytes > most) {
      fail(ErrorKind::bad_input, "{} unpacks to more than {} times its size; do not trust it.",
           named.string(), most_growth);
    }
    // A picture beside the classes' folders is of none of them.
    if (classes && picture.label.empty()) return;
    const fs::path target = classes ? folder / picture.label / picture.name : folder / picture.name;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (!error) fs::copy_file(picture.file, target, error);
    if (error == std::errc::file_exists) {
      fail(ErrorKind::bad_input, "{} holds two pictures named {}; give each a name of its own.",
           named.string(), target.lexically_relative(folder).string());
    }
    if (error) {
      fail(ErrorKind::io, "{} cannot be written ({}); free some space.", target.string(),
           error.message());
    }
  });
  fs::create_directories(folder);
  return folder;
}

}  // namespace atelier::jobs
