// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/origin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/credentials.hpp"
#include "atelier/provenance/credential.hpp"

namespace atelier::jobs {
namespace {

using Maker = Origin::Maker;
using provenance::Verification;

constexpr std::array<std::string_view, 3> by_machines{"algorithmicMedia", "trainedAlgorithmicMedia",
                                                      "compositeWithTrainedAlgorithmicMedia"};
constexpr std::array<std::string_view, 8> by_people{
    "digitalCapture", "computationalCapture", "negativeFilm",    "positiveFilm",
    "print",          "humanEdits",           "digitalCreation", "compositeCapture"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// The code of a source type that is told by its sentence, or by an unknown code.
std::string_view code_of(const std::string& told) {
  for (const provenance::SourceType& type : provenance::source_types()) {
    if (type.sentence == told) return type.code;
  }
  return told;
}

std::string deeds_of(const Verification& said) {
  std::string list;
  for (const provenance::NamedDeed& deed : said.deeds) {
    if (deed.source_type.empty()) continue;
    list += (list.empty() ? "" : ", ") + deed.source_type;
  }
  return list.empty() ? "nothing of how it was made" : list;
}

std::string signer_of(const Verification& said) {
  return said.signer.empty() ? "its signer" : said.signer;
}

void hear_recipe(const std::filesystem::path& picture, Origin& origin) {
  const std::optional<std::string> recipe = image::read_recipe(picture);
  if (!recipe) return;
  const auto json = nlohmann::json::parse(*recipe, nullptr, /*allow_exceptions=*/false);
  const bool named = json.is_object() && json.contains("command") && json["command"].is_string();
  origin.maker = Maker::machine;
  origin.evidence.push_back(fmt::format("its metadata hold a recipe of Atelier{}",
                                        named ? " for " + json["command"].get<std::string>() : ""));
}

void hear_credential(const VerifyReport& report, Origin& origin) {
  if (report.found.state == Verification::State::broken) {
    origin.evidence.emplace_back("it has a content credential that does not hold");
  }
  if (report.found.state == Verification::State::holds) {
    const Maker maker = maker_of(report.found);
    if (origin.maker == Maker::unknown) origin.maker = maker;
    origin.evidence.push_back(fmt::format("its content credential, signed by {}, says: {}",
                                          signer_of(report.found), deeds_of(report.found)));
  }
  for (const KnownWork& known : report.known) {
    if (!known.by_mark) continue;
    if (origin.maker == Maker::unknown) origin.maker = maker_of(known.said);
    origin.evidence.push_back(
        fmt::format("it carries the mark of a work in your store, of which was signed: {}",
                    deeds_of(known.said)));
  }
}

}  // namespace

Origin::Maker maker_of(const Verification& said) {
  bool by_person = false;
  for (const provenance::NamedDeed& deed : said.deeds) {
    const std::string_view code = code_of(deed.source_type);
    if (holds(by_machines, code)) return Maker::machine;
    by_person = by_person || holds(by_people, code);
  }
  return by_person ? Maker::person : Maker::unknown;
}

std::string machine_words(const appraise::Appraisal& appraisal) {
  if (!appraisal.people_like_machines) return {};
  return fmt::format(
      "{} what networks of Atelier's paint, {} {:.0f} % of people's works are; of other machines "
      "it "
      "tells nothing",
      appraisal.machine_like() ? "like" : "no more like", appraisal.machine_like() ? "as" : "than",
      100 * *appraisal.people_like_machines);
}

Origin origin_of(const std::filesystem::path& picture) {
  Origin origin;
  hear_recipe(picture, origin);
  try {
    hear_credential(verify({.file = picture, .sidecar = {}, .trust = {}}), origin);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::missing_weights) {
      origin.evidence.emplace_back(
          "content credentials were not looked for: `atelier models fetch c2pa` brings what reads "
          "them");
    } else if (error.kind() != ErrorKind::bad_input) {
      throw;
    }
  }
  return origin;
}

}  // namespace atelier::jobs
