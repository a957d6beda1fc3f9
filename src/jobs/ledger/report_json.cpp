// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/base64.hpp"
#include "atelier/jobs/ledger.hpp"

namespace atelier::jobs {
namespace {

using nlohmann::json;

json to_json(const provenance::TreeHead& head) {
  return {{"origin", head.origin}, {"size", head.size}, {"root", to_base64(as_text(head.root))}};
}

json to_json(const std::vector<provenance::Field>& fields) {
  json object = json::object();
  for (const auto& [name, value] : fields) object[name] = value;
  return object;
}

}  // namespace

json to_json(const LedgerReport& report) {
  return {{"folder", report.folder.string()},
          {"identity", report.identity},
          {"key", report.key},
          {"head", to_json(report.head)},
          {"checkpoint", report.checkpoint ? to_json(*report.checkpoint) : json()},
          {"cosignatures", report.cosignatures}};
}

json to_json(const AppendReport& report) {
  return {{"folder", report.folder.string()},
          {"first", report.first},
          {"count", report.count},
          {"head", to_json(report.head)},
          {"seconds", report.seconds}};
}

json to_json(const ProveReport& report) {
  return {{"output", report.output.string()},
          {"index", report.index},
          {"checkpoint", to_json(report.head)},
          {"shown", to_json(report.shown)},
          {"fields", report.fields},
          {"seconds", report.seconds}};
}

json to_json(const GrowReport& report) {
  return {{"output", report.output.string()},
          {"old_size", report.old_size},
          {"checkpoint", to_json(report.head)}};
}

json to_json(const WitnessReport& report) {
  return {{"checkpoint", to_json(report.head)},
          {"old_size", report.old_size},
          {"cosignature", report.cosignature},
          {"witness_key", report.witness_key},
          {"time", report.time}};
}

json to_json(const VerifyLedgerReport& report) {
  json cosignatures = json::array();
  for (const provenance::VerifiedSignature& one : report.cosignatures)
    cosignatures.push_back({{"witness", one.key.name}, {"time", one.time.value_or(0)}});
  json result{{"kind", report.kind},
              {"checkpoint", to_json(report.head)},
              {"log_key", provenance::to_text(report.log)},
              {"cosignatures", cosignatures}};
  if (report.index) result["index"] = *report.index;
  if (report.entry_sha256) result["entry_sha256"] = *report.entry_sha256;
  if (report.fields) result["fields"] = *report.fields;
  if (report.fields) result["shown"] = to_json(report.shown);
  if (report.grown_from) result["grown_from"] = *report.grown_from;
  return result;
}

}  // namespace atelier::jobs
