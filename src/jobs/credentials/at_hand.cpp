// SPDX-License-Identifier: Apache-2.0
#include "jobs/credentials/at_hand.hpp"

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/film/reader.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

}  // namespace

nlohmann::json carried_recipe(const fs::path& file) {
  try {
    const std::optional<std::string> text =
        film::is_film(file) ? film::read_recipe(file) : image::read_recipe(file);
    nlohmann::json recipe = nlohmann::json::parse(text.value_or(""), nullptr, false);
    if (recipe.is_object()) return recipe;
  } catch (const Error&) {
    // Neither picture nor film, or a damaged one: signing it will tell.
  }
  return nullptr;
}

WorksAtHand::WorksAtHand(fs::path made, const std::vector<fs::path>& named)
    : made_(std::move(made)), named_(named) {
  for (const fs::path& file : named) {
    if (is_file(file)) by_digest_.emplace(sha256_file(file), file);
  }
}

std::optional<fs::path> WorksAtHand::by_digest(const std::string& sha256,
                                               const std::string& recorded) const {
  if (const auto known = by_digest_.find(sha256); known != by_digest_.end()) return known->second;
  if (recorded.empty()) return std::nullopt;
  const fs::path path = recorded, folder = made_.parent_path();
  for (const fs::path& place : {path, folder / path, folder / path.filename()}) {
    if (is_file(place) && sha256_file(place) == sha256) return place;
  }
  return std::nullopt;
}

std::optional<fs::path> WorksAtHand::member(const nlohmann::json& family,
                                            const std::string& model_sha256) const {
  const std::string name = family.value("name", "");
  if (name.empty() || name != fs::path(name).filename()) return std::nullopt;
  const auto grew_there = [&](const fs::path& file) {
    const nlohmann::json recipe = carried_recipe(file);
    return recipe.is_object() && recipe.value("model_sha256", "") == model_sha256;
  };
  for (const fs::path& file : named_) {
    if (file.filename() == name && grew_there(file)) return file;
  }
  const fs::path beside = made_.parent_path() / name;
  if (!is_file(beside) || !grew_there(beside)) return std::nullopt;
  const nlohmann::json recipe = carried_recipe(beside);
  const bool same = recipe.contains("family") && family.contains("latent") &&
                    recipe["family"].value("latent", nlohmann::json()) == family["latent"];
  return same ? std::optional(beside) : std::nullopt;
}

}  // namespace atelier::jobs
