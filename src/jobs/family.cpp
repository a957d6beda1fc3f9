// SPDX-License-Identifier: Apache-2.0
#include "jobs/family.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

[[noreturn]] void damaged_latent() {
  fail(ErrorKind::bad_input, "what a picture grew from is damaged in its recipe.");
}

constexpr float kept_steps = 1024;
constexpr int most_numbers = 1 << 16;
constexpr int most_generations = 64;

/// Numbers that are not whole, or too large for 32 bits, are damage.
std::int32_t whole(const nlohmann::json& json) {
  if (!json.is_number_integer()) damaged_latent();
  const auto value = json.get<std::int64_t>();
  if (!std::in_range<std::int32_t>(value)) damaged_latent();
  return static_cast<std::int32_t>(value);
}

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
    gan::Latent latent{whole(json.at("levels")), whole(json.at("size")), {}};
    for (const auto& value : json.at("values")) {
      latent.values.push_back(static_cast<float>(whole(value)) / kept_steps);
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

}  // namespace atelier::jobs
