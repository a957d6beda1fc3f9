// SPDX-License-Identifier: Apache-2.0
#include "jobs/same_recipe.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "jobs/option_files.hpp"

namespace atelier::jobs {
namespace {

/// Where the picture files lie decides nothing; what they hold does.
void forget_paths(nlohmann::json& json) {
  if (json.is_object() && json.contains("sha256")) json.erase("path");
  if (!json.is_structured()) return;
  for (auto& part : json) forget_paths(part);
}

nlohmann::json what_decides(Recipe recipe) {
  for (const OptionFile& file : option_files(recipe.options)) *file.path = "a file";
  if (recipe.init) recipe.options.init = "a file";
  recipe.stopped_after.reset();
  recipe.stop_reason.clear();
  recipe.choice.reset();  // the style that was chosen stands among the styles
  nlohmann::json json = to_json(recipe);
  forget_paths(json);
  for (const char* name : {"preset", "threads", "engine", "tile"}) json["options"].erase(name);
  json.erase("precision");  // follows from the engine
  return json;
}

/// Whether the option was left to the program or is as it was asked for.
bool fits(const nlohmann::json& found, const nlohmann::json& wanted) {
  return wanted == "auto" || found == wanted;
}

bool tile_fits(const nlohmann::json& found, const nlohmann::json& wanted, image::Size size) {
  if (fits(found, wanted)) return true;
  // Of a picture that is one tile alone, none is recorded.
  return found == "off" && wanted.is_number() &&
         std::max(size.width, size.height) <= wanted.get<double>();
}

}  // namespace

bool same_recipe(const nlohmann::json& found, const Recipe& wanted, image::Size size) {
  if (!found.is_object() || !found.contains("options") || !found["options"].is_object())
    return false;
  if (found.value("stop_reason", "") == "cancelled") return false;
  const nlohmann::json asked = to_json(wanted);
  const nlohmann::json &options = found["options"], &asked_options = asked["options"];
  const auto of = [](const nlohmann::json& all, const char* name) {
    return all.contains(name) ? all[name] : nlohmann::json();
  };
  if (!fits(of(options, "engine"), of(asked_options, "engine")) ||
      !tile_fits(of(options, "tile"), of(asked_options, "tile"), size)) {
    return false;
  }
  try {
    return what_decides(recipe_from_json(found)) == what_decides(wanted);
  } catch (const Error&) {
    return false;  // none that this version can follow
  }
}

std::string what_is_painted(const Recipe& wanted) {
  nlohmann::json json = what_decides(wanted);
  const nlohmann::json asked = to_json(wanted);
  for (const char* name : {"engine", "tile"}) json["options"][name] = asked["options"][name];
  return json.dump();
}

bool already_painted(const std::filesystem::path& file, const Recipe& wanted) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return false;
  try {
    const std::optional<std::string> text = image::read_recipe(file);
    if (!text) return false;
    const nlohmann::json found = nlohmann::json::parse(*text, nullptr, false);
    return !found.is_discarded() && same_recipe(found, wanted, image::probe(file).size);
  } catch (const Error&) {
    return false;  // no picture that can be read: it is painted anew
  }
}

}  // namespace atelier::jobs
