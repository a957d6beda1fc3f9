// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "image/formats.hpp"
#include "atelier/jobs/credentials.hpp"
#include "atelier/provenance/marks.hpp"
#include "jobs/credentials/library.hpp"

namespace atelier::jobs {
namespace {

using provenance::Finding;
using provenance::Verification;

constexpr int broken_code = 4, none_code = 5, untrusted_code = 6;

const char* word_of(Verification::State state) {
  switch (state) {
    case Verification::State::none:
      return "none";
    case Verification::State::broken:
      return "broken";
    case Verification::State::holds:
      return "holds";
  }
  return "";
}

nlohmann::json to_json(const std::vector<Finding>& findings) {
  nlohmann::json list = nlohmann::json::array();
  for (const Finding& finding : findings) {
    list.push_back(
        {{"code", finding.code}, {"part", finding.part}, {"sentence", finding.sentence}});
  }
  return list;
}

/// The works of the user's store that a picture may be a copy of; none without a store.
std::vector<KnownWork> known_works(const provenance::CredentialLibrary& library,
                                   const std::filesystem::path& file,
                                   const provenance::TrustList& trust) {
  if (!image::format_of_suffix(file) ||
      !std::filesystem::exists(provenance::MarkStore::default_folder())) {
    return {};
  }
  constexpr std::size_t most = 3;
  const provenance::MarkStore store;
  const TemporaryFolder folder;
  const std::filesystem::path credential = folder.path() / "known.c2pa";
  std::vector<KnownWork> known;
  for (const provenance::Recovery& of : provenance::recover(image::load(file), store, most)) {
    write_file(credential, of.work.manifest);
    known.push_back({of.evidence == provenance::Recovery::Evidence::watermark, of.chance,
                     of.distance, of.work.original,
                     provenance::verify_file(library, file, credential, trust)});
  }
  return known;
}

nlohmann::json to_json(const std::vector<KnownWork>& known) {
  nlohmann::json list = nlohmann::json::array();
  for (const KnownWork& of : known) {
    list.push_back({{"evidence", of.by_mark ? "mark" : "fingerprint"},
                    {"chance", of.chance},
                    {"distance", of.distance},
                    {"original_sha256", of.original},
                    {"title", of.said.title},
                    {"author", of.said.author},
                    {"licence", of.said.licence},
                    {"signer", of.said.signer},
                    {"told_time", of.said.told_time}});
  }
  return list;
}

}  // namespace

VerifyReport verify(const VerifyRequest& request) {
  const provenance::TrustList trust =
      request.trust.empty() ? provenance::TrustList{} : provenance::read_trust_list(request.trust);
  const provenance::CredentialLibrary library = open_credential_library();
  VerifyReport report{request.file,
                      provenance::verify_file(library, request.file, request.sidecar, trust),
                      !request.trust.empty()};
  if (report.found.state != Verification::State::holds)
    report.known = known_works(library, request.file, trust);
  return report;
}

int exit_code(const VerifyReport& report) {
  switch (report.found.state) {
    case Verification::State::none:
      return none_code;
    case Verification::State::broken:
      return broken_code;
    case Verification::State::holds:
      break;
  }
  return report.asked_for_trust && !report.found.trusted ? untrusted_code : 0;
}

nlohmann::json to_json(const VerifyReport& report) {
  const Verification& found = report.found;
  nlohmann::json json{{"file", report.file.string()}, {"state", word_of(found.state)}};
  if (!found.elsewhere.empty()) json["elsewhere"] = found.elsewhere;
  if (!report.known.empty()) json["known"] = to_json(report.known);
  if (found.state == Verification::State::none) return json;
  json["findings"] = to_json(found.findings);
  if (report.asked_for_trust) json["trusted"] = found.trusted;
  if (!found.sidecar.empty()) json["sidecar"] = found.sidecar.string();
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
  };
  add("signer", found.signer);
  add("organization", found.organization);
  add("algorithm", found.algorithm);
  add("certificate_serial", found.serial);
  add("time", found.time);
  add("told_time", found.told_time);
  add("program", found.program);
  add("title", found.title);
  add("author", found.author);
  add("licence", found.licence);
  add("licence_page", found.licence_page);
  json["no_training"] = found.no_training;
  json["has_recipe"] = found.has_recipe;
  json["actions"] = nlohmann::json::array();
  for (const provenance::NamedDeed& deed : found.deeds) {
    json["actions"].push_back({{"action", deed.action},
                               {"description", deed.description},
                               {"source_type", deed.source_type}});
  }
  json["ingredients"] = nlohmann::json::array();
  for (const provenance::NamedIngredient& ingredient : found.ingredients) {
    json["ingredients"].push_back({{"title", ingredient.title},
                                   {"relation", ingredient.relation},
                                   {"description", ingredient.description},
                                   {"model", ingredient.is_model},
                                   {"credential", ingredient.has_credential},
                                   {"signer", ingredient.signer},
                                   {"findings", to_json(ingredient.findings)}});
  }
  return json;
}

}  // namespace atelier::jobs
