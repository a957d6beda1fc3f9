// SPDX-License-Identifier: Apache-2.0
#include "catalogue/record.hpp"

#include "atelier/base/base64.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/parties.hpp"
#include "catalogue/intentions.hpp"
#include "catalogue/next_row.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using store::Statement;

json event_json(const Event& event) {
  json body = json::object();
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) body[name] = value;
  };
  add("date", event.date);
  add("party", event.party);
  add("place", event.place);
  add("title", event.title);
  add("grade", event.grade);
  add("amount", event.amount);
  add("note", event.note);
  if (event.copy != 0) body["copy"] = event.copy;
  if (event.kind == "priced") body["use"] = event.use;
  if (!event.source.empty()) body["sources"] = split_names(event.source);
  body["kind"] = event.kind;
  return body;
}

struct ChainEnd {
  std::string number, digest;
  std::int64_t count = 0;
};

ChainEnd chain_end(const Catalogue& catalogue, std::int64_t row) {
  Statement& work =
      catalogue.kept("SELECT number, last_event, event_count FROM works WHERE id = ?");
  work.bind(1, row).step();
  ChainEnd end{work.text(0), work.text(1), work.integer(2)};
  work.run();
  return end;
}

}  // namespace

json work_json(const Work& work) {
  json object = json::object();
  const json fields = work_option_table().to_json(work);
  for (const auto& [name, value] : fields.items()) {
    if (value != "") object[name] = value;
  }
  return object;
}

std::string work_digest(const Work& work) {
  return body_digest(work_json(work).dump());
}

std::string body_digest(std::string_view body) {
  return sha256(std::as_bytes(std::span(body)));
}

Appended append_event(const Catalogue& catalogue, std::int64_t row, const Event& event,
                      const json& extra) {
  const ChainEnd end = chain_end(catalogue, row);
  json body = event_json(event);
  body.update(extra);
  body["catalogue"] = catalogue.setting("id");
  body["event"] = end.count + 1;
  body["work"] = end.number;
  body["recorded"] = now_text();
  if (!end.digest.empty()) body["previous"] = end.digest;
  const std::string text = body.dump();
  Appended appended{next_row(catalogue, "events"), body_digest(text)};
  const Date date = parse_date(event.date);
  Statement& insert = catalogue.kept(
      "INSERT INTO events(id, work, place, copy, kind, date_from, date_to, party, body, digest) "
      "VALUES(?1, ?2, ?3, ?4, ?5, NULLIF(?6, 0), NULLIF(?7, 0), NULLIF(?8, 0), ?9, ?10)");
  insert.bind(1, appended.event)
      .bind(2, row)
      .bind(3, end.count + 1)
      .bind(4, std::int64_t{event.copy})
      .bind(5, event.kind)
      .bind(6, std::int64_t{date.earliest})
      .bind(7, std::int64_t{date.latest})
      .bind(8, event.party.empty() ? std::int64_t{0} : party_row(catalogue, event.party))
      .bind(9, text)
      .bind(10, appended.digest)
      .run();
  catalogue.kept("UPDATE works SET last_event = ?, event_count = ? WHERE id = ?")
      .bind(1, appended.digest)
      .bind(2, end.count + 1)
      .bind(3, row)
      .run();
  const std::string_view status = event_kind(event.kind).status;
  if (!status.empty()) {
    catalogue.kept("UPDATE works SET status = ? WHERE id = ?").bind(1, status).bind(2, row).run();
  }
  intend(catalogue, appended.event, body);
  return appended;
}

void check_copy(const Catalogue& catalogue, std::int64_t row, int copy) {
  Statement work =
      catalogue.database().prepare("SELECT number, edition, proofs FROM works WHERE id = ?");
  work.bind(1, row).step();
  if (copy >= 0 && copy <= work.integer(1) + work.integer(2)) return;
  fail(ErrorKind::bad_input, "work {} has {} copies and {} proofs, and no copy {}.", work.text(0),
       work.integer(1), work.integer(2), copy);
}

}  // namespace atelier::catalogue
