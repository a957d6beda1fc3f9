// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/catalog.hpp"

namespace atelier::jobs {
namespace {

using nlohmann::json;

json files_json(const std::vector<catalogue::WorkFile>& files) {
  json list = json::array();
  for (const catalogue::WorkFile& file : files) {
    list.push_back({{"version", file.version},
                    {"sha256", file.digest},
                    {"bytes", file.bytes},
                    {"media_type", file.media_type},
                    {"path", file.path},
                    {"width", file.width},
                    {"height", file.height}});
  }
  return list;
}

}  // namespace

json to_json(const LedgerStanding& standing) {
  if (standing.ledger.empty()) return nullptr;
  json object{{"folder", standing.ledger.string()}, {"waiting", standing.waiting}};
  if (!standing.why.empty()) object["why"] = standing.why;
  return object;
}

json to_json(const CatalogReport& report) {
  return {{"folder", report.folder.string()},
          {"name", report.name},
          {"id", report.id},
          {"works", report.works},
          {"ledger", to_json(report.ledger)}};
}

json to_json(const WorkReport& report) {
  json object = catalogue::work_option_table().to_json(report.work);
  object["status"] = report.standing.status;
  object["files"] = files_json(report.files);
  object["owners"] = json::array();
  for (const auto& copy : report.standing.owned)
    object["owners"].push_back({{"copy", copy.copy}, {"owner", copy.owner}});
  object["events"] = json::array();
  for (const catalogue::RecordedEvent& event : report.events) {
    json one = event.body;
    one["sha256"] = event.digest;
    if (event.entry >= 0) one["ledger_entry"] = event.entry;
    object["events"].push_back(one);
  }
  object["ledger"] = to_json(report.ledger);
  return object;
}

json to_json(const catalogue::Party& party) {
  json object = catalogue::party_option_table().to_json(party);
  object["name"] = party.name;
  if (!party.key_id.empty()) {
    object["key"] = party.key;
    object["key_thumbprint"] = party.key_id;
  }
  return object;
}

json to_json(const FindReport& report) {
  json works = json::array();
  for (std::size_t i = 0; i < report.works.size(); ++i) {
    json one = catalogue::work_option_table().to_json(report.works[i].work);
    one["status"] = report.works[i].status;
    if (!report.pictures[i].empty()) one["picture_sha256"] = report.pictures[i];
    if (i < report.likeness.size()) one["likeness"] = report.likeness[i];
    works.push_back(one);
  }
  return {{"works", works}, {"total", report.total}, {"seconds", report.seconds}};
}

json to_json(const ImportReport& report) {
  return {{"works", report.works}, {"seconds", report.seconds}, {"ledger", to_json(report.ledger)}};
}

json to_json(const catalogue::CheckReport& report) {
  return {{"works", report.works},         {"events", report.events},   {"files", report.files},
          {"in_ledger", report.in_ledger}, {"waiting", report.waiting}, {"faults", report.faults}};
}

}  // namespace atelier::jobs
