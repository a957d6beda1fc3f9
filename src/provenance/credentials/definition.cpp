// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/definition.hpp"

#include <fmt/chrono.h>

#include <ctime>

#include "atelier/base/error.hpp"
#include "provenance/credentials/plain_text.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t longest_text = 1000;
constexpr const char* source_type_prefix = "http://cv.iptc.org/newscodes/digitalsourcetype/";

void check_text(std::string_view text, const char* what) {
  if (text.empty() || is_plain_line(text, longest_text)) return;
  fail(ErrorKind::invalid_argument,
       "{} must be one line of at most {} characters of UTF-8; write it so.", what, longest_text);
}

std::string label_of(std::size_t place) {
  return fmt::format("ingredient-{}", place);
}

std::string iso_time(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

nlohmann::json action_json(const Deed& deed, const Statement& statement) {
  nlohmann::json action{{"action", deed.action}};
  if (!deed.description.empty()) action["description"] = deed.description;
  if (!deed.source_type.empty())
    action["digitalSourceType"] = source_type_prefix + deed.source_type;
  if (deed.action != "c2pa.opened") {
    action["softwareAgent"] = {{"name", "Atelier"}, {"version", statement.program_version}};
  }
  for (const std::size_t place : deed.ingredients)
    action["parameters"]["ingredientIds"].push_back(label_of(place));
  return action;
}

/// The page of a Creative Commons licence by its SPDX identifier, or of one that is an address.
std::string page_of(const std::string& licence) {
  if (licence.starts_with("https://") || licence.starts_with("http://")) return licence;
  if (licence == "CC0-1.0") return "https://creativecommons.org/publicdomain/zero/1.0/";
  const std::size_t version = licence.rfind('-');
  if (!licence.starts_with("CC-BY") || version < 5) return {};
  std::string kind = licence.substr(3, version - 3);
  for (char& c : kind) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return "https://creativecommons.org/licenses/" + kind + "/" + licence.substr(version + 1) + "/";
}

/// CAWG Metadata Assertion 1.1: JSON-LD of Dublin Core and XMP.
nlohmann::json metadata_json(const Statement& statement) {
  nlohmann::json metadata{{"@context",
                           {{"dc", "http://purl.org/dc/elements/1.1/"},
                            {"xmp", "http://ns.adobe.com/xap/1.0/"},
                            {"xmpRights", "http://ns.adobe.com/xap/1.0/rights/"}}},
                          {"xmp:MetadataDate", iso_time(statement.time)}};
  if (!statement.author.empty()) metadata["dc:creator"] = {statement.author};
  if (!statement.licence.empty()) metadata["dc:rights"] = statement.licence;
  if (const std::string page = page_of(statement.licence); !page.empty())
    metadata["xmpRights:WebStatement"] = page;
  return metadata;
}

/// CAWG Training and Data Mining Assertion 1.1.
nlohmann::json no_training_json() {
  nlohmann::json entries;
  for (const char* use : {"cawg.ai_generative_training", "cawg.ai_training", "cawg.data_mining"})
    entries[use] = {{"use", "notAllowed"}};
  return {{"entries", entries}};
}

}  // namespace

nlohmann::json ingredient_json(const Ingredient& ingredient, std::size_t place) {
  check_text(ingredient.title, "the name of an ingredient");
  nlohmann::json json{
      {"title", ingredient.title},
      {"relationship",
       ingredient.relation == Ingredient::Relation::parent ? "parentOf" : "inputTo"},
      {"label", label_of(place)}};
  if (!ingredient.sha256.empty()) json["description"] = "SHA-256 " + ingredient.sha256;
  if (ingredient.is_model) json["data_types"] = {{{"type", "c2pa.types.model"}}};
  if (ingredient.file.empty()) json["format"] = "application/octet-stream";
  return json;
}

nlohmann::json definition_json(const Statement& statement) {
  check_text(statement.title, "the title");
  check_text(statement.author, "the author");
  check_text(statement.licence, "the licence");
  nlohmann::json actions = nlohmann::json::array(), ingredients = nlohmann::json::array();
  for (const Deed& deed : statement.deeds) actions.push_back(action_json(deed, statement));
  for (std::size_t i = 0; i < statement.ingredients.size(); ++i) {
    if (statement.ingredients[i].file.empty())
      ingredients.push_back(ingredient_json(statement.ingredients[i], i));
  }
  nlohmann::json assertions{
      {{"label", "c2pa.actions.v2"}, {"data", {{"actions", actions}}}},
      {{"label", "cawg.metadata"}, {"data", metadata_json(statement)}, {"kind", "Json"}}};
  if (statement.no_training)
    assertions.push_back({{"label", "cawg.training-mining"}, {"data", no_training_json()}});
  if (!statement.recipe.is_null())
    assertions.push_back({{"label", recipe_label}, {"data", statement.recipe}});
  return {{"claim_version", 2},
          {"title", statement.title},
          {"claim_generator_info", {{{"name", "Atelier"}, {"version", statement.program_version}}}},
          {"ingredients", ingredients},
          {"assertions", assertions}};
}

}  // namespace atelier::provenance
