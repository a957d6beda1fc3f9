// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/recipe.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/film/reader.hpp"
#include "atelier/image/file.hpp"
#include "jobs/option_files.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_recipe_bytes = 1 << 20;

nlohmann::json to_json(const RecordedFile& file) {
  return {{"path", file.path}, {"sha256", file.sha256}};
}

RecordedFile recorded_file(const nlohmann::json& json) {
  return {json.at("path").get<std::string>(), json.at("sha256").get<std::string>()};
}

StyleChoice recorded_choice(const nlohmann::json& json) {
  return {json.at("folder").get<std::string>(), json.at("compared").get<int>(),
          json.at("score").get<double>(), json.at("foretold_total").get<double>()};
}

/// Whether a file of this kind holds its recipe as text of its own.
bool is_json_file(const fs::path& file) {
  return file.extension() == ".json";
}

std::string recipe_text(const fs::path& file) {
  if (is_json_file(file)) return read_file(file, max_recipe_bytes);
  const std::optional<std::string> text =
      film::is_film(file) ? film::read_recipe(file) : image::read_recipe(file);
  if (text) return *text;
  fail(ErrorKind::bad_input,
       "{} holds no recipe; name a picture or film that Atelier made or a .json file.",
       file.string());
}

}  // namespace

nlohmann::json to_json(const StyleChoice& choice) {
  return {{"folder", choice.folder},
          {"compared", choice.compared},
          {"score", choice.score},
          {"foretold_total", choice.foretold_total}};
}

nlohmann::json to_json(const Recipe& recipe) {
  nlohmann::json styles = nlohmann::json::array();
  for (const RecordedFile& style : recipe.styles) styles.push_back(to_json(style));
  nlohmann::json json{{"atelier", recipe.version},
                      {"command", recipe.command},
                      {"options", style::stylize_option_table().to_json(recipe.options)},
                      {"seed", recipe.options.seed},
                      {"content", to_json(recipe.content)},
                      {"styles", styles},
                      {"model", {{"name", recipe.model}, {"sha256", recipe.model_sha256}}},
                      {"device", recipe.options.device},
                      {"precision", recipe.precision}};
  if (recipe.init) json["init"] = to_json(*recipe.init);
  if (!recipe.init_sha256.empty()) json["init_model"] = {{"sha256", recipe.init_sha256}};
  for (const RecordedFile& file : recipe.files) json["files"].push_back(to_json(file));
  if (recipe.choice) json["choice"] = to_json(*recipe.choice);
  if (!recipe.film.is_null()) json["film"] = recipe.film;
  if (recipe.stopped_after) {
    json["stopped_after"] = *recipe.stopped_after;
    json["stop_reason"] = recipe.stop_reason;
  }
  return json;
}

Recipe recipe_from_json(const nlohmann::json& json) {
  Recipe recipe;
  try {
    recipe.version = json.at("atelier").get<std::string>();
    recipe.command = json.at("command").get<std::string>();
    if (recipe.command != "stylize") {
      fail(ErrorKind::bad_input, "it is for the command '{}', which this version does not repeat.",
           recipe.command);
    }
    style::stylize_option_table().update(recipe.options, json.at("options"));
    recipe.content = recorded_file(json.at("content"));
    for (const auto& style : json.at("styles")) recipe.styles.push_back(recorded_file(style));
    if (json.contains("init")) recipe.init = recorded_file(json.at("init"));
    if (json.contains("init_model")) {
      recipe.init_sha256 = json.at("init_model").at("sha256").get<std::string>();
    }
    if (json.contains("files")) {
      for (const auto& file : json.at("files")) recipe.files.push_back(recorded_file(file));
    }
    if (json.contains("film")) recipe.film = json.at("film");
    recipe.model = json.at("model").at("name").get<std::string>();
    recipe.model_sha256 = json.at("model").at("sha256").get<std::string>();
    recipe.precision = json.at("precision").get<std::string>();
    if (json.contains("choice")) recipe.choice = recorded_choice(json.at("choice"));
    if (json.contains("stopped_after")) {
      recipe.stopped_after = json.at("stopped_after").get<int>();
      recipe.stop_reason = json.at("stop_reason").get<std::string>();
    }
  } catch (const nlohmann::json::exception& error) {
    // What the library says after its own number: "key 'content' not found".
    const std::string_view what = error.what();
    fail(ErrorKind::bad_input, "{}.",
         what.substr(what.find("] ") == what.npos ? 0 : what.find("] ") + 2));
  }
  if (const std::size_t named = option_files(recipe.options).size(); named != recipe.files.size()) {
    fail(ErrorKind::bad_input, "its options name {} files and it records {}.", named,
         recipe.files.size());
  }
  if (recipe.styles.empty()) fail(ErrorKind::bad_input, "it names no style.");
  return recipe;
}

Recipe read_recipe(const fs::path& file) {
  const auto json = nlohmann::json::parse(recipe_text(file), nullptr, false);
  if (json.is_discarded())
    fail(ErrorKind::bad_input, "the recipe in {} is damaged: it is no JSON.", file.string());
  try {
    return recipe_from_json(json);
  } catch (const Error& error) {
    fail(ErrorKind::bad_input, "the recipe in {} cannot be followed: {}", file.string(),
         error.what());
  }
}

fs::path find_recorded(const RecordedFile& recorded, const fs::path& recipe_file) {
  const fs::path path = recorded.path;
  const fs::path folder = recipe_file.parent_path();
  std::optional<fs::path> changed;
  for (const fs::path& place : {path, folder / path, folder / path.filename()}) {
    std::error_code error;
    if (!fs::is_regular_file(place, error)) continue;
    if (sha256_file(place) == recorded.sha256) return place;
    changed = changed.value_or(place);
  }
  if (changed) {
    fail(ErrorKind::bad_input,
         "{} has changed since the recipe in {} was written; bring the old file back.",
         changed->string(), recipe_file.string());
  }
  fail(ErrorKind::bad_input,
       "{}, which the recipe in {} needs, is missing; bring it back or name the pictures: "
       "stylize CONTENT STYLE --recipe {}.",
       path.string(), recipe_file.string(), recipe_file.string());
}

}  // namespace atelier::jobs
