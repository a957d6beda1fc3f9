// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "palette/formats.hpp"

namespace atelier::palette {
namespace {

constexpr int deepest = 8;

double number(const nlohmann::json& value, const char* what) {
  const double result = value.is_number() ? value.get<double>() : -1;
  if (!(result >= 0 && result <= 1))
    fail(ErrorKind::bad_input, "{} must be a number of 0..1.", what);
  return result;
}

Colour colour_of(const nlohmann::json& json) {
  const auto rgb = json.is_object() ? json.find("rgb") : json.end();
  if (!json.is_object() || rgb == json.end() || !rgb->is_array() || rgb->size() != 3)
    fail(ErrorKind::bad_input, "each colour must be an object with 'rgb', three numbers of 0..1.");
  Colour colour;
  for (std::size_t c = 0; c < 3; ++c) colour.rgb[c] = number((*rgb)[c], "'rgb'");
  if (json.contains("name") && json["name"].is_string())
    colour.name = clean_name(json["name"].get_ref<const std::string&>());
  if (json.contains("share") && !json["share"].is_null())
    colour.share = number(json["share"], "'share'");
  if (json.contains("place") && json["place"].is_object()) {
    const nlohmann::json& place = json["place"];
    const auto part = [&](const char* name) {
      return number(place.value(name, nlohmann::json()), "each figure of 'place'");
    };
    colour.place = {part("x"), part("y"), part("spread")};
  }
  return colour;
}

}  // namespace

std::string write_json(const Palette& palette) {
  nlohmann::json colours = nlohmann::json::array();
  for (const Colour& colour : palette.colours) {
    const image::Oklab lab = image::oklab_from_srgb(colour.rgb);
    nlohmann::json one{{"name", colour.name},
                       {"hex", hex(colour.rgb)},
                       {"rgb", colour.rgb},
                       {"oklch", {{"l", lab.L}, {"c", chroma(lab)}, {"h", hue(lab)}}}};
    if (colour.share) one["share"] = *colour.share;
    if (colour.place) {
      one["place"] = {
          {"x", colour.place->x}, {"y", colour.place->y}, {"spread", colour.place->spread}};
    }
    colours.push_back(std::move(one));
  }
  return nlohmann::json{{"title", palette.title}, {"colours", colours}}.dump(
             2, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

Palette read_json(std::string_view text) {
  const auto not_too_deep = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > deepest) fail(ErrorKind::bad_input, "its JSON is nested too deeply.");
    return true;
  };
  const nlohmann::json json = nlohmann::json::parse(text, not_too_deep, false);
  if (json.is_discarded()) fail(ErrorKind::bad_input, "it is no JSON.");
  if (!json.is_object() || !json.contains("colours") || !json["colours"].is_array())
    fail(ErrorKind::bad_input, "it has no list 'colours'.");
  Palette palette;
  if (json.contains("title") && json["title"].is_string())
    palette.title = clean_name(json["title"].get_ref<const std::string&>());
  for (const nlohmann::json& colour : json["colours"]) add_colour(palette, colour_of(colour));
  return palette;
}

}  // namespace atelier::palette
