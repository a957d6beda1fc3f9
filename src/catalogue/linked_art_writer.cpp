// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/rights.hpp"
#include "catalogue/exchange.hpp"
#include "catalogue/linked_art.hpp"

namespace atelier::catalogue {
namespace {

using json = nlohmann::ordered_json;
using namespace linked_art;

json term(std::string_view number, std::string_view label) {
  return {{"id", std::string(aat) + std::string(number)}, {"type", "Type"}, {"_label", label}};
}

json statement(std::string_view number, std::string_view label, const std::string& content) {
  json type = term(number, label);
  type["classified_as"] = json::array({term(brief_text, "Brief Text")});
  return {
      {"type", "LinguisticObject"}, {"classified_as", json::array({type})}, {"content", content}};
}

json time_span(const std::string& text) {
  const Date date = parse_date(text);
  json span{{"type", "TimeSpan"},
            {"identified_by", json::array({{{"type", "Name"}, {"content", date.text}}})}};
  if (date.earliest > first_day) span["begin_of_the_begin"] = iso_day(date.earliest) + "T00:00:00Z";
  if (date.latest < last_day) span["end_of_the_end"] = iso_day(date.latest) + "T23:59:59Z";
  return span;
}

json makers(const std::string& artists) {
  json list = json::array();
  for (const std::string& name : split_names(artists)) {
    const Credit credit = parse_credit(name);
    list.push_back(
        {{"type", "Person"},
         {"_label", name},
         {"identified_by", json::array({{{"type", "Name"}, {"content", credit.name}}})}});
  }
  return list;
}

json right(std::string_view uri, std::string_view label) {
  return {{"type", "Right"},
          {"classified_as", json::array({{{"id", uri}, {"type", "Type"}, {"_label", label}}})}};
}

void add_statements(const Work& work, json& to) {
  json list = json::array();
  const auto add = [&](std::string_view number, std::string_view label,
                       const std::string& content) {
    if (!content.empty()) list.push_back(statement(number, label, content));
  };
  add(description, "Description", work.description);
  add(materials, "Material Statement", work.medium);
  add(dimensions, "Dimension Statement", work.dimensions);
  add(credit_line, "Credit Statement", work.credit);
  add(keywords, "Historical/Cultural Context", work.keywords);
  if (work.edition > 1 || work.proofs > 0)
    add(edition, "Edition Statement",
        fmt::format("{} copies, {} proofs", work.edition, work.proofs));
  if (!list.empty()) to["referred_to_by"] = list;
}

void add_rights(const Work& work, json& to) {
  json list = json::array();
  if (!work.rights.empty()) list.push_back(right(work.rights, rights_label(work.rights)));
  if (!work.licence.empty()) {
    const std::string uri = licence_uri(work.licence);
    list.push_back(right(uri.empty() ? "urn:spdx:" + work.licence : uri, work.licence));
  }
  if (!list.empty()) to["subject_to"] = list;
}

/// Files are known by their digests (RFC 6920 would need them in base64; readers know hexadecimal).
void add_files(const std::vector<WorkFile>& files, json& to) {
  json list = json::array();
  for (const WorkFile& file : files) {
    list.push_back(
        {{"type", "VisualItem"},
         {"digitally_shown_by",
          json::array(
              {{{"type", "DigitalObject"},
                {"classified_as", json::array({term(digital_file, "Digital Image")})},
                {"format", file.media_type},
                {"identified_by", json::array({{{"type", "Identifier"},
                                                {"content", "sha256:" + file.digest}}})}}})}});
  }
  if (!list.empty()) to["representation"] = list;
}

json work_to_json(const Told& told) {
  const Work& work = told.work;
  const WorkKind& kind = work_kind(work.kind);
  json type = term(kind.aat, kind.aat_label);
  type["classified_as"] = json::array({term(type_of_work, "Type of Work")});
  json object{
      {"type", kind.linked_type}, {"_label", work.title}, {"classified_as", json::array({type})}};
  json title{{"type", "Name"},
             {"classified_as", json::array({term(primary_name, "Primary Name")})},
             {"content", work.title}};
  object["identified_by"] =
      json::array({title,
                   {{"type", "Identifier"},
                    {"classified_as", json::array({term(accession_number, "Accession Number")})},
                    {"content", work.number}}});
  if (!work.artists.empty() || !work.date.empty()) {
    json made{{"type", kind.linked_type == "HumanMadeObject" ? "Production" : "Creation"}};
    if (!work.date.empty()) made["timespan"] = time_span(work.date);
    if (!work.artists.empty()) made["carried_out_by"] = makers(work.artists);
    object[kind.linked_type == "HumanMadeObject" ? "produced_by" : "created_by"] = made;
  }
  if (!work.language.empty())
    object["language"] = json::array({{{"type", "Language"}, {"_label", work.language}}});
  add_statements(work, object);
  add_rights(work, object);
  add_files(told.files, object);
  if (!work.location.empty())
    object["current_location"] = {{"type", "Place"}, {"_label", work.location}};
  return object;
}

}  // namespace

Writer linked_art_writer(const std::string& catalogue_name) {
  // Written work by work, so that a large catalogue never stands in memory whole.
  const std::string begin = fmt::format("{{\"@context\":{},\"_label\":{},\"@graph\":[\n",
                                        json(context).dump(), json(catalogue_name).dump());
  return {.begin = begin, .between = ",\n", .end = "\n]}\n", .work = [](const Told& told) {
            return work_to_json(told).dump();
          }};
}

}  // namespace atelier::catalogue
