// SPDX-License-Identifier: Apache-2.0
#include "jobs/packed.hpp"

#include <fstream>
#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/jobs/dataset.hpp"

namespace atelier::jobs {
namespace {

/// Larger pictures are packed at this shorter edge, px.
constexpr int packed_edge = 512;
constexpr std::uintmax_t longest_path = 1 << 16;  // bytes

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
  const std::filesystem::path set = folder / name, origin = folder / (std::string(name) + ".of");
  const std::string named = std::filesystem::weakly_canonical(pictures, ignored).string();
  if (!std::filesystem::exists(set, ignored)) {
    PackOptions options;
    options.short_edge = packed_edge;
    options.labels = "folder";
    static_cast<void>(pack({{pictures.string()}, set, options}));
    write_file(origin, named);
  } else if (std::filesystem::exists(origin, ignored) && read_file(origin, longest_path) != named) {
    fail(ErrorKind::invalid_argument,
         "{} was packed from other pictures than {}; choose another folder for the run, or remove "
         "that set.",
         set.string(), pictures.string());
  }
  return train::PictureSet(set);
}

}  // namespace atelier::jobs
