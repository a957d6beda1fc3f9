// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "atelier/film/reader.hpp"
#include "film/container.hpp"
#include "film/demuxer.hpp"
#include "film/gif_outline.hpp"
#include "film/tail.hpp"
#include "image/xmp.hpp"

namespace atelier::film {
namespace {

/// What stands in the metadata's place for comments.
std::optional<std::string> comment_of(const std::filesystem::path& path) {
  std::ifstream file = open_film(path);
  switch (outline_of(file).container) {
    case Container::gif:
      return outline_of_gif(file).comment;
    case Container::webp: {
      const auto packet = xmp_of_webp(path);
      return packet ? image::recipe_in_xmp(*packet) : std::nullopt;
    }
    default:
      break;
  }
  const Demuxer demuxer(path);
  const AVDictionaryEntry* entry = av_dict_get(demuxer.format().metadata, "comment", nullptr, 0);
  return entry ? std::optional<std::string>(entry->value) : std::nullopt;
}

}  // namespace

std::optional<std::string> read_recipe(const std::filesystem::path& path) {
  std::optional<std::string> comment = comment_of(path);
  // Comments are free text; a recipe is a JSON object.
  if (!comment || !comment->starts_with('{') || !nlohmann::json::accept(*comment))
    return std::nullopt;
  return comment;
}

}  // namespace atelier::film
