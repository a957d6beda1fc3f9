// SPDX-License-Identifier: Apache-2.0
#include "jobs/find_member.hpp"

#include <charconv>
#include <filesystem>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

constexpr std::string_view seed_prefix = "seed:";

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

Member find_member(const gan::Painter& painter, const std::string& named, double truncation) {
  if (named.starts_with(seed_prefix)) {
    return of_seed(painter, std::string_view(named).substr(seed_prefix.size()), truncation);
  }
  return of_file(painter, named);
}

}  // namespace atelier::jobs
