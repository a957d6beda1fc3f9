// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "jobs/sources/listed_pictures.hpp"

namespace atelier::jobs {
namespace {

/// The annotations without outlines, which are nearly all of them.
nlohmann::json read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const nlohmann::json::parser_callback_t keep = [](int, nlohmann::json::parse_event_t event,
                                                    nlohmann::json& parsed) {
    return event != nlohmann::json::parse_event_t::key || parsed != "segmentation";
  };
  return nlohmann::json::parse(in, keep, /*allow_exceptions=*/false);
}

/// Throws for what is no whole number, 1.5 and 1e300 among it.
std::int64_t id_of(const nlohmann::json& json, const char* key) {
  return json.at(key).get_ref<const nlohmann::json::number_integer_t&>();
}

/// Of each picture the category that covers most of it.
std::map<std::int64_t, std::string> labels_of(const nlohmann::json& json) {
  std::map<std::int64_t, std::string> names;
  if (json.contains("categories")) {
    for (const auto& category : json.at("categories")) {
      names[id_of(category, "id")] = category.at("name").get<std::string>();
    }
  }
  std::map<std::int64_t, std::map<std::int64_t, double>> areas;
  if (json.contains("annotations")) {
    for (const auto& one : json.at("annotations")) {
      if (!one.contains("category_id")) continue;  // captions
      areas[id_of(one, "image_id")][id_of(one, "category_id")] += one.value("area", 1.0);
    }
  }
  std::map<std::int64_t, std::string> labels;
  for (const auto& [picture, of_categories] : areas) {
    double most = -1;
    for (const auto& [category, area] : of_categories) {
      if (area <= most) continue;
      most = area;
      labels[picture] = names[category];
    }
  }
  return labels;
}

/// Pictures lie beside the annotations, or, as the set is unpacked, in a folder beside theirs:
/// annotations/instances_train2017.json, train2017/.
std::filesystem::path find(const std::filesystem::path& annotations, const std::string& name) {
  const std::filesystem::path beside = annotations.parent_path();
  std::vector<std::filesystem::path> folders{beside, beside / "images"};
  const std::string stem = annotations.stem().string();
  const std::size_t split = stem.rfind('_');
  if (split != stem.npos) {
    const std::string part = stem.substr(split + 1);
    folders.insert(folders.end(),
                   {beside / part, beside / ".." / part, beside / ".." / "images" / part});
  }
  std::error_code ignored;
  for (const auto& folder : folders) {
    if (std::filesystem::exists(folder / name, ignored)) return folder / name;
  }
  return beside / name;
}

}  // namespace

std::unique_ptr<PictureSource> open_coco(const std::filesystem::path& file) {
  const nlohmann::json json = read(file);
  if (!json.is_object() || !json.contains("images")) {
    fail(ErrorKind::bad_input,
         "{} holds no annotations of MS-COCO (an object with images and categories).",
         file.string());
  }
  std::vector<FoundPicture> pictures;
  try {
    const auto labels = labels_of(json);
    for (const auto& image : json.at("images")) {
      const auto name = image.at("file_name").get<std::string>();
      const std::filesystem::path path(name);
      if (path.is_absolute() || path.lexically_normal().string().starts_with("..")) {
        fail(ErrorKind::bad_input, "{} names {}, which lies outside of its folder.", file.string(),
             name);
      }
      const auto label = labels.find(id_of(image, "id"));
      pictures.push_back(
          {path.filename().string(), label == labels.end() ? "" : label->second, find(file, name)});
    }
  } catch (const nlohmann::json::exception&) {
    fail(ErrorKind::bad_input, "the annotations of {} are damaged.", file.string());
  }
  return std::make_unique<ListedPictures>(std::move(pictures));
}

}  // namespace atelier::jobs
