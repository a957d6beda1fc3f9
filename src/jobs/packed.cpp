// SPDX-License-Identifier: Apache-2.0
#include "jobs/packed.hpp"

#include <fstream>
#include <string>

#include "atelier/jobs/dataset.hpp"

namespace atelier::jobs {
namespace {

/// Larger pictures are packed at this shorter edge, px.
constexpr int packed_edge = 512;

}  // namespace

train::PictureSet packed(const std::filesystem::path& pictures, const std::filesystem::path& folder,
                         const char* name) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(pictures, ignored)) {
    std::ifstream file(pictures, std::ios::binary);
    std::string end(train::set_mark.size(), ' ');
    file.seekg(-static_cast<std::streamoff>(end.size()), std::ios::end);
    file.read(end.data(), static_cast<std::streamsize>(end.size()));
    if (end == train::set_mark) return train::PictureSet(pictures);
  }
  std::filesystem::create_directories(folder, ignored);
  const std::filesystem::path set = folder / name;
  if (!std::filesystem::exists(set, ignored)) {
    PackOptions options;
    options.short_edge = packed_edge;
    options.labels = "folder";
    static_cast<void>(pack({{pictures.string()}, set, options}));
  }
  return train::PictureSet(set);
}

}  // namespace atelier::jobs
