// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/temporary_folder.hpp"

#include <cstdlib>
#include <string>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

std::filesystem::path system_folder() {
  std::error_code error;
  std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) fail(ErrorKind::io, "TMPDIR names no folder; let it name one that can be written.");
  return folder;
}

}  // namespace

TemporaryFolder::TemporaryFolder() : TemporaryFolder(system_folder()) {}

TemporaryFolder::TemporaryFolder(const std::filesystem::path& parent) {
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  std::string name = (parent / ".atelier-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr) {
    fail(ErrorKind::io, "{} cannot be written; check the folder and its permissions.",
         parent.string());
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace atelier
