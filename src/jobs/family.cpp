// SPDX-License-Identifier: Apache-2.0
#include "jobs/family.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

[[noreturn]] void damaged_latent() {
  fail(ErrorKind::bad_input, "what a picture grew from is damaged in its recipe.");
}

constexpr float kept_steps = 1024;
constexpr int most_numbers = 1 << 16;
constexpr int most_generations = 64;
constexpr std::string_view seed_prefix = "seed:";

Member read_member(const nlohmann::json& json, int generation) {
  if (generation > most_generations) {
    fail(ErrorKind::bad_input, "the family has more than {} generations.", most_generations);
  }
  Member member{json.at("name").get<std::string>(), latent_from_json(json.at("latent")), {}};
  for (const auto& parent : json.at("parents")) {
    member.parents.push_back(read_member(parent, generation + 1));
  }
  return member;
}

Member of_seed(const gan::Painter& painter, std::string_view digits, double truncation) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    fail(ErrorKind::invalid_argument, "'seed:{}' names no seed; write it as seed:12.", digits);
  }
  return {fmt::format("seed {}", seed), as_kept(painter.from_seed(seed, truncation)), {}};
}

/// Where a recipe without latent says what was painted.
gan::Latent grown(const gan::Painter& painter, const nlohmann::json& recipe) {
  const int of_class =
      recipe.contains("class") ? painter.class_named(recipe.at("class").get<std::string>()) : -1;
  return painter.from_seed(recipe.at("seed").get<std::uint64_t>(),
                           recipe.at("truncation").get<double>(), of_class);
}

Member of_file(const gan::Painter& painter, const std::string& path) {
  const auto text = image::read_recipe(path);
  const auto recipe = nlohmann::json::parse(text.value_or(""), nullptr, false);
  const auto refuse = [&]() {
    fail(
        ErrorKind::bad_input,
        "{} was not painted by a generator; turn a picture of yours into one with: atelier invert.",
        path);
  };
  if (!recipe.is_object() || !recipe.contains("model_sha256")) refuse();
  const std::string name = std::filesystem::path(path).filename().string();
  try {
    const std::string command = recipe.at("command").get<std::string>();
    if (command != "generate" && command != "breed" && command != "invert") refuse();
    if (recipe.at("model_sha256") != painter.digest()) {
      fail(ErrorKind::invalid_argument,
           "{} was painted by another generator ({}); name that one with --model.", path,
           recipe.value("model", "unknown"));
    }
    if (recipe.value("count", 1) > 1) {
      fail(ErrorKind::invalid_argument,
           "{} is a sheet of several pictures; name one of its seeds, as seed:{}.", path,
           recipe.value("seed", 0));
    }
    if (!recipe.contains("family")) return {name, as_kept(grown(painter, recipe)), {}};
    Member member = member_from_json(recipe.at("family"));
    member.name = name;
    return member;
  } catch (const nlohmann::json::exception&) {
    fail(ErrorKind::bad_input, "the recipe of {} is damaged.", path);
  }
}

}  // namespace

gan::Latent as_kept(gan::Latent latent) {
  for (float& value : latent.values) value = std::round(value * kept_steps) / kept_steps;
  return latent;
}

nlohmann::json to_json(const gan::Latent& latent) {
  nlohmann::json values = nlohmann::json::array();
  for (const float value : latent.values) values.push_back(std::lround(value * kept_steps));
  return {{"levels", latent.levels}, {"size", latent.size}, {"values", values}};
}

gan::Latent latent_from_json(const nlohmann::json& json) {
  try {
    gan::Latent latent{json.at("levels").get<int>(), json.at("size").get<int>(), {}};
    for (const auto& value : json.at("values")) {
      if (!value.is_number_integer()) damaged_latent();
      latent.values.push_back(static_cast<float>(value.get<std::int32_t>()) / kept_steps);
    }
    const bool sound = latent.levels > 0 && latent.size > 0 && latent.levels <= most_numbers &&
                       latent.size <= most_numbers / latent.levels &&
                       latent.values.size() == static_cast<std::size_t>(latent.levels) *
                                                   static_cast<std::size_t>(latent.size);
    if (sound) return latent;
  } catch (const nlohmann::json::exception&) {
  }
  damaged_latent();
}

nlohmann::json to_json(const Member& member) {
  nlohmann::json parents = nlohmann::json::array();
  for (const Member& parent : member.parents) parents.push_back(to_json(parent));
  return {{"name", member.name}, {"latent", to_json(member.latent)}, {"parents", parents}};
}

Member member_from_json(const nlohmann::json& json) {
  try {
    return read_member(json, 0);
  } catch (const nlohmann::json::exception&) {
    fail(ErrorKind::bad_input, "the family in a picture's recipe is damaged.");
  }
}

Member find_member(const gan::Painter& painter, const std::string& named, double truncation) {
  if (named.starts_with(seed_prefix)) {
    return of_seed(painter, std::string_view(named).substr(seed_prefix.size()), truncation);
  }
  return of_file(painter, named);
}

}  // namespace atelier::jobs
