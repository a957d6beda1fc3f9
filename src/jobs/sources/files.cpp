// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/file_search.hpp"
#include "image/formats.hpp"
#include "jobs/sources/listed_pictures.hpp"

namespace atelier::jobs {

std::unique_ptr<PictureSource> open_files(const std::string& named, const LabelRule& rule) {
  std::error_code ignored;
  FilesFound found;
  std::filesystem::path root = named;
  if (std::filesystem::is_directory(named, ignored)) {
    found = files_in(named);
  } else if (is_pattern(named)) {
    found = files_named(named);
    root = pattern_root(named);
  } else {
    found.files.emplace_back(named);
    root = root.parent_path();
  }
  std::vector<FoundPicture> pictures;
  for (const auto& file : found.files) {
    if (!image::format_of_suffix(file)) continue;
    const std::string label = rule.by_folder ? first_folder(file.lexically_relative(root)) : "";
    pictures.push_back({file.filename().string(), label, file});
  }
  return std::make_unique<ListedPictures>(std::move(pictures));
}

}  // namespace atelier::jobs
