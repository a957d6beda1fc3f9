// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/report.hpp"

#include <string_view>

#include "atelier/provenance/credential.hpp"
#include "provenance/credentials/definition.hpp"
#include "provenance/credentials/findings.hpp"
#include "provenance/credentials/json_text.hpp"
#include "provenance/credentials/plain_text.hpp"

namespace atelier::provenance {
namespace {

using nlohmann::json;

std::string first_text(const json& object, const std::string& name) {
  const json& value = member(object, name);
  if (!value.is_array() || value.empty()) return text_in(object, name);
  return value[0].is_string() ? plain_line(value[0].get_ref<const std::string&>()) : std::string();
}

NamedDeed deed_of(const json& action) {
  NamedDeed deed{text_in(action, "action"), text_in(action, "description"), {}};
  const std::string type = text_in(action, "digitalSourceType");
  const SourceType* known = find_source_type(type.substr(type.rfind('/') + 1));
  deed.source_type = known ? std::string(known->sentence) : type;
  return deed;
}

/// What did not hold of an ingredient's own credential when it was taken up.
std::vector<Finding> findings_of(const json& ingredient) {
  const json& results = member(ingredient, "validation_results");
  return findings_in(member(member(results, "activeManifest"), "failure"));
}

NamedIngredient ingredient_of(const json& ingredient, const json& manifests) {
  NamedIngredient named;
  named.title = text_in(ingredient, "title");
  named.relation = text_in(ingredient, "relationship");
  named.description = text_in(ingredient, "description");
  for (const auto& type : member(ingredient, "data_types"))
    named.is_model = named.is_model || text_in(type, "type").starts_with("c2pa.types.model");
  const std::string active = text_in(ingredient, "active_manifest");
  named.has_credential = !active.empty();
  named.signer = text_in(member(member(manifests, active), "signature_info"), "common_name");
  if (named.has_credential) named.findings = findings_of(ingredient);
  return named;
}

void read_assertion(const json& assertion, Verification& to) {
  const std::string label = text_in(assertion, "label");
  const json& data = member(assertion, "data");
  if (label.starts_with("c2pa.actions")) {
    for (const auto& action : member(data, "actions")) to.deeds.push_back(deed_of(action));
  } else if (label == "cawg.metadata") {
    to.author = first_text(data, "dc:creator");
    to.licence = first_text(data, "dc:rights");
    to.licence_page = text_in(data, "xmpRights:WebStatement");
    to.told_time = text_in(data, "xmp:MetadataDate");
  } else if (label == "cawg.training-mining" || label == "c2pa.training-mining") {
    for (const auto& entry : member(data, "entries"))
      to.no_training = to.no_training || text_in(entry, "use") == "notAllowed";
  } else if (label == recipe_label) {
    to.has_recipe = true;
  }
}

void read_manifest(const json& manifest, const json& manifests, Verification& to) {
  to.title = text_in(manifest, "title");
  const json& generators = member(manifest, "claim_generator_info");
  if (generators.is_array() && !generators.empty()) {
    to.program = text_in(generators[0], "name");
    if (const std::string version = text_in(generators[0], "version"); !version.empty())
      to.program += " " + version;
  }
  const json& signature = member(manifest, "signature_info");
  to.signer = text_in(signature, "common_name");
  to.organization = text_in(signature, "issuer");
  to.algorithm = text_in(signature, "alg");
  to.serial = text_in(signature, "cert_serial_number");
  to.time = text_in(signature, "time");
  for (const auto& assertion : member(manifest, "assertions")) read_assertion(assertion, to);
  for (const auto& ingredient : member(manifest, "ingredients"))
    to.ingredients.push_back(ingredient_of(ingredient, manifests));
}

}  // namespace

void read_report(const json& report, Verification& to) {
  const json& manifests = member(report, "manifests");
  const std::string active = text_in(report, "active_manifest");
  read_manifest(member(manifests, active), manifests, to);
  const json& results = member(report, "validation_results");
  to.findings = findings_in(member(member(results, "activeManifest"), "failure"));
  for (const auto& delta : member(results, "ingredientDeltas")) {
    for (Finding& finding : findings_in(member(member(delta, "validationDeltas"), "failure")))
      to.findings.push_back(std::move(finding));
  }
  const std::string state = text_in(report, "validation_state");
  to.trusted = state == "Trusted";
  const bool holds = (to.trusted || state == "Valid") && to.findings.empty() &&
                     member(manifests, active).is_object();
  to.state = holds ? Verification::State::holds : Verification::State::broken;
  if (!holds) to.trusted = false;
  if (!holds && to.findings.empty())
    to.findings.push_back({"claim.missing", "the credential", "no claim of it can be read"});
}

}  // namespace atelier::provenance
