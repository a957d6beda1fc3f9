// SPDX-License-Identifier: Apache-2.0
#include "jobs/sources/picture_source.hpp"

#include <cctype>
#include <string_view>

namespace atelier::jobs {
namespace {

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string shown(const FoundPicture& picture) {
  return picture.within.empty() ? picture.file.string() : picture.within;
}

std::string first_folder(const std::filesystem::path& relative) {
  const auto begin = relative.begin();
  return begin == relative.end() || std::next(begin) == relative.end() ? "" : begin->string();
}

std::unique_ptr<PictureSource> open_source(const std::string& named, const LabelRule& rule) {
  std::error_code ignored;
  const std::string name = lower_case(named);
  const auto ends = [&](std::string_view suffix) { return name.ends_with(suffix); };
  if (std::filesystem::is_regular_file(named, ignored)) {
    if (ends(".csv") || ends(".tsv")) return open_table(named, rule);
    if (ends(".json")) return open_coco(named);
    if (ends(".zip") || ends(".tar") || ends(".tar.gz") || ends(".tgz")) {
      return open_archive(named, rule);
    }
    if (ends(".mdb")) return open_lsun(named);
  }
  const std::filesystem::path database = std::filesystem::path(named) / "data.mdb";
  if (std::filesystem::is_regular_file(database, ignored)) return open_lsun(database);
  return open_files(named, rule);
}

}  // namespace atelier::jobs
