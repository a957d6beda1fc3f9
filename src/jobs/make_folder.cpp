// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "atelier/base/error.hpp"
#include "jobs/output_paths.hpp"

namespace atelier::jobs {

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return;
  fail(ErrorKind::io, "the folder {} cannot be made ({}); choose another place.", folder.string(),
       error.message());
}

}  // namespace atelier::jobs
