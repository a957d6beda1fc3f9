// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/rights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::catalogue {
namespace {

/// RightsStatements.org, version 1.0 of all of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> statements{{
    {"InC", "In Copyright"},
    {"InC-OW-EU", "In Copyright - EU Orphan Work"},
    {"InC-EDU", "In Copyright - Educational Use Permitted"},
    {"InC-NC", "In Copyright - Non-Commercial Use Permitted"},
    {"InC-RUU", "In Copyright - Rights-holder(s) Unlocatable or Unidentifiable"},
    {"NoC-CR", "No Copyright - Contractual Restrictions"},
    {"NoC-NC", "No Copyright - Non-Commercial Use Only"},
    {"NoC-OKLR", "No Copyright - Other Known Legal Restrictions"},
    {"NoC-US", "No Copyright - United States"},
    {"CNE", "Copyright Not Evaluated"},
    {"UND", "Copyright Undetermined"},
    {"NKC", "No Known Copyright"},
}};
constexpr std::string_view statements_at = "http://rightsstatements.org/vocab/";
constexpr std::string_view commons_at = "https://creativecommons.org/";

/// Licences beside those of Creative Commons.
constexpr std::array<std::string_view, 42> others{"0BSD",
                                                  "AGPL-3.0-only",
                                                  "AGPL-3.0-or-later",
                                                  "Apache-2.0",
                                                  "Artistic-2.0",
                                                  "BSD-2-Clause",
                                                  "BSD-3-Clause",
                                                  "BSL-1.0",
                                                  "CDLA-Permissive-2.0",
                                                  "CDLA-Sharing-1.0",
                                                  "CECILL-2.1",
                                                  "EPL-2.0",
                                                  "EUPL-1.2",
                                                  "FSFAP",
                                                  "GFDL-1.2-only",
                                                  "GFDL-1.2-or-later",
                                                  "GFDL-1.3-only",
                                                  "GFDL-1.3-or-later",
                                                  "GPL-2.0-only",
                                                  "GPL-2.0-or-later",
                                                  "GPL-3.0-only",
                                                  "GPL-3.0-or-later",
                                                  "ISC",
                                                  "LAL-1.2",
                                                  "LAL-1.3",
                                                  "LGPL-2.1-only",
                                                  "LGPL-2.1-or-later",
                                                  "LGPL-3.0-only",
                                                  "LGPL-3.0-or-later",
                                                  "MIT",
                                                  "MIT-0",
                                                  "MPL-2.0",
                                                  "ODbL-1.0",
                                                  "ODC-By-1.0",
                                                  "OFL-1.0",
                                                  "OFL-1.1",
                                                  "OGL-UK-3.0",
                                                  "PDDL-1.0",
                                                  "Unlicense",
                                                  "WTFPL",
                                                  "Zlib",
                                                  "etalab-2.0"};

/// What of Creative Commons has versions of its own for countries, as SPDX lists them.
constexpr std::array<std::string_view, 24> ported{"CC-BY-2.5-AU",
                                                  "CC-BY-3.0-AT",
                                                  "CC-BY-3.0-AU",
                                                  "CC-BY-3.0-DE",
                                                  "CC-BY-3.0-IGO",
                                                  "CC-BY-3.0-NL",
                                                  "CC-BY-3.0-US",
                                                  "CC-BY-NC-3.0-DE",
                                                  "CC-BY-NC-ND-3.0-DE",
                                                  "CC-BY-NC-ND-3.0-IGO",
                                                  "CC-BY-NC-SA-2.0-DE",
                                                  "CC-BY-NC-SA-2.0-FR",
                                                  "CC-BY-NC-SA-2.0-UK",
                                                  "CC-BY-NC-SA-3.0-DE",
                                                  "CC-BY-NC-SA-3.0-IGO",
                                                  "CC-BY-ND-3.0-DE",
                                                  "CC-BY-SA-2.0-UK",
                                                  "CC-BY-SA-2.1-JP",
                                                  "CC-BY-SA-3.0-AT",
                                                  "CC-BY-SA-3.0-DE",
                                                  "CC-BY-SA-3.0-IGO",
                                                  "CC0-1.0",
                                                  "CC-PDDC",
                                                  "CC-PDM-1.0"};

const std::vector<std::string>& licences() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> ids(others.begin(), others.end());
    ids.insert(ids.end(), ported.begin(), ported.end());
    for (const char* terms : {"BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA"}) {
      for (const char* version : {"1.0", "2.0", "2.5", "3.0", "4.0"})
        ids.push_back(fmt::format("CC-{}-{}", terms, version));
    }
    return ids;
  }();
  return all;
}

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

/// What follows a web address' beginning, with http or https, with or without www.
std::string_view after_host(std::string_view text, std::string_view host) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    if (text.starts_with("www.")) text.remove_prefix(4);
    return text.starts_with(host) ? text.substr(host.size()) : "";
  }
  return {};
}

/// The parts of the path of a Creative Commons address: "licenses", "by-sa", "4.0", and at times a
/// country.
std::vector<std::string> commons_path(std::string_view text) {
  std::string_view path = after_host(lowered(text), "creativecommons.org/");
  const std::string copy(path);
  path = copy;
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) parts.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  // The names of the pages themselves.
  if (!parts.empty() &&
      (parts.back() == "deed" || parts.back().starts_with("deed.") || parts.back() == "legalcode"))
    parts.pop_back();
  return parts;
}

/// The identifier that an address of Creative Commons stands for; empty: none.
std::string id_of_commons(std::string_view text) {
  const std::vector<std::string> parts = commons_path(text);
  if (parts.size() < 3 || parts.size() > 4) return {};
  std::string id;
  if (parts[0] == "publicdomain" && parts[1] == "zero") {
    id = "CC0-" + parts[2];
  } else if (parts[0] == "publicdomain" && parts[1] == "mark") {
    id = "CC-PDM-" + parts[2];
  } else if (parts[0] == "licenses") {
    id = "CC-" + parts[1] + '-' + parts[2];
  }
  if (parts.size() == 4) id += '-' + parts[3];
  return id;
}

std::string known_id(std::string_view text) {
  const std::string wanted = lowered(text);
  const auto found = std::find_if(licences().begin(), licences().end(),
                                  [&](const std::string& id) { return lowered(id) == wanted; });
  return found == licences().end() ? "" : *found;
}

bool is_own_licence(std::string_view text) {
  constexpr std::string_view begin = "LicenseRef-";
  return text.starts_with(begin) && text.size() > begin.size() && text.size() <= 100 &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.'; });
}

}  // namespace

std::string licence_id(std::string_view text) {
  if (text.empty() || is_own_licence(text)) return std::string(text);
  const std::string commons = id_of_commons(text);
  const std::string id = known_id(commons.empty() ? text : std::string_view(commons));
  if (!id.empty()) return id;
  fail(ErrorKind::bad_input,
       "'{}' is no licence known here; write its SPDX identifier, such as CC-BY-4.0, or "
       "LicenseRef-NAME for one of your own.",
       text.substr(0, 60));
}

std::string licence_uri(std::string_view id) {
  if (id.empty() || id.starts_with("LicenseRef-")) return {};
  if (id == "CC0-1.0") return std::string(commons_at) + "publicdomain/zero/1.0/";
  if (id == "CC-PDM-1.0") return std::string(commons_at) + "publicdomain/mark/1.0/";
  if (!id.starts_with("CC-") || id == "CC-PDDC")
    return fmt::format("https://spdx.org/licenses/{}", id);
  const std::string path = lowered(id.substr(3));
  const std::size_t version = path.find_first_of("0123456789");
  std::string rest = path.substr(version);
  std::replace(rest.begin(), rest.end(), '-', '/');
  return fmt::format("{}licenses/{}/{}/", commons_at, path.substr(0, version - 1), rest);
}

std::string rights_uri(std::string_view text) {
  if (text.empty()) return {};
  std::string_view name = after_host(text, "rightsstatements.org/");
  for (const std::string_view kind : {"vocab/", "page/"}) {
    if (name.starts_with(kind)) name.remove_prefix(kind.size());
  }
  if (name.empty()) name = text;
  name = name.substr(0, name.find('/'));
  const auto known = std::find_if(statements.begin(), statements.end(), [&](const auto& statement) {
    return lowered(statement.first) == lowered(name);
  });
  if (known != statements.end()) return fmt::format("{}{}/1.0/", statements_at, known->first);
  const std::string commons = known_id(id_of_commons(text));
  if (!commons.empty()) return licence_uri(commons);
  fail(ErrorKind::bad_input,
       "'{}' is no rights statement; name one of RightsStatements.org, such as InC or "
       "http://rightsstatements.org/vocab/NoC-US/1.0/, or an address of Creative Commons.",
       text.substr(0, 80));
}

std::string rights_label(std::string_view uri) {
  for (const auto& [name, label] : statements) {
    if (uri == fmt::format("{}{}/1.0/", statements_at, name)) return std::string(label);
  }
  return known_id(id_of_commons(uri));
}

}  // namespace atelier::catalogue
