// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/check.hpp"

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/catalogue/jws.hpp"
#include "atelier/catalogue/parties.hpp"
#include "atelier/catalogue/transfer.hpp"
#include "atelier/catalogue/works.hpp"
#include "catalogue/faults.hpp"
#include "catalogue/record.hpp"
#include "catalogue/work_rows.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using store::Statement;

void check_database(const Catalogue& catalogue, Faults& faults) {
  // PostgreSQL checks keys and pages itself whenever it reads or writes them.
  if (catalogue.database().dialect() == store::Dialect::postgres) return;
  Statement whole = catalogue.database().prepare("PRAGMA integrity_check");
  while (whole.step()) {
    if (whole.text(0) != "ok") faults.add("the database is damaged: {}.", whole.text(0));
  }
  Statement keys = catalogue.database().prepare("PRAGMA foreign_key_check");
  while (keys.step()) faults.add("a row of {} names one that is not there.", keys.text(0));
}

std::string text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// One work's events, as they come.
struct Chain {
  std::int64_t work = 0, count = 0;
  std::string previous, record, number;
};

void check_end(const Catalogue& catalogue, const Chain& chain, Faults& faults) {
  Statement& row = catalogue.kept("SELECT " + std::string(work_columns) +
                                  ", last_event, event_count FROM works WHERE works.id = ?");
  if (!row.bind(1, chain.work).step()) return;
  const Work work = work_of(row);
  const std::string last = row.text(work_column_count);
  const std::int64_t count = row.integer(work_column_count + 1);
  row.run();
  if (last != chain.previous || count != chain.count)
    faults.add("work {} has {} events of {}.", work.number, chain.count, count);
  if (chain.record != work_digest(work))
    faults.add(
        "what is said of work {} is not what its last event tells; it was changed past the "
        "catalogue.",
        work.number);
}

void check_event(const Statement& row, Chain& chain, Faults& faults) {
  const std::string text = row.text(3), digest = row.text(4), number = row.text(5);
  const json body = json::parse(text, nullptr, false);
  ++chain.count;
  if (body_digest(text) != digest || !body.is_object()) {
    faults.add("event {} of work {} was changed.", chain.count, number);
  } else if (row.integer(2) != chain.count || body.value("event", json()) != chain.count ||
             text_at(body, "work") != number || text_at(body, "previous") != chain.previous) {
    faults.add("event {} of work {} does not follow the one before.", chain.count, number);
  } else if (!text_at(body, "record").empty()) {
    chain.record = text_at(body, "record");
  }
  chain.previous = digest;
}

/// Whether a transfer's statement holds, and is the one of its event.
void check_statement(const Catalogue& catalogue, const Statement& row, Faults& faults) {
  const std::string number = row.text(0), statement = row.text(1);
  const json body = json::parse(row.text(2), nullptr, false);
  try {
    const TransferStatement transfer = read_transfer(statement, "a statement");
    const bool same = body_digest(statement) == text_at(body, "statement") &&
                      text_at(transfer.terms, "work") == number &&
                      transfer.seller_id == text_at(body, "from_key") &&
                      transfer.buyer_id == text_at(body, "to_key") &&
                      text_at(transfer.terms, "catalogue") == catalogue.setting("id");
    if (!same || !transfer.seller_signed || !transfer.buyer_signed)
      faults.add("the signatures of a transfer of work {} do not hold.", number);
  } catch (const Error& error) {
    faults.add("a transfer of work {} cannot be read: {}", number, error.what());
  }
}

}  // namespace

void check_chains(const Catalogue& catalogue, CheckReport& report, Faults& faults) {
  Statement row = catalogue.database().prepare(
      "SELECT events.id, work, place, body, digest, number FROM events JOIN works ON works.id = "
      "work "
      "ORDER BY work, place");
  Chain chain;
  while (row.step()) {
    if (row.integer(1) != chain.work) {
      if (chain.work != 0) check_end(catalogue, chain, faults);
      chain = {row.integer(1), 0, "", "", row.text(5)};
    }
    check_event(row, chain, faults);
    ++report.events;
  }
  if (chain.work != 0) check_end(catalogue, chain, faults);
  report.works = catalogue.size();
  Statement without = catalogue.database().prepare(
      "SELECT number FROM works WHERE NOT EXISTS (SELECT 1 FROM events WHERE work = works.id)");
  while (without.step()) faults.add("work {} has no events.", without.text(0));
}

void check_owners(const Catalogue& catalogue, Faults& faults) {
  // The last claim or transfer of a copy tells whose it is.
  Statement row = catalogue.database().prepare(
      "SELECT number, copies.copy, name, key_id, body, events.kind FROM copies JOIN works ON "
      "works.id = "
      "copies.work JOIN parties ON parties.id = owner LEFT JOIN events ON digest = title_event");
  while (row.step()) {
    const json body = json::parse(row.text(4), nullptr, false);
    const bool transferred = row.text(5) == "transferred";
    const bool told = body.is_object() && text_at(body, "party") == row.text(2) &&
                      body.value("copy", json()) == row.integer(1) &&
                      text_at(body, "work") == row.text(0) &&
                      text_at(body, transferred ? "to_key" : "key") == row.text(3);
    if (!told)
      faults.add("copy {} of work {} is told to be {}'s by no event.", row.integer(1), row.text(0),
                 row.text(2));
  }
  Statement outdated = catalogue.database().prepare(
      "SELECT number, told.copy FROM events AS told JOIN works ON works.id = told.work "
      "LEFT JOIN copies ON copies.work = told.work AND copies.copy = told.copy "
      "WHERE told.kind IN ('claimed', 'transferred') AND NOT EXISTS (SELECT 1 FROM events AS later "
      "WHERE later.work = told.work AND later.copy = told.copy AND later.place > told.place "
      "AND later.kind IN ('claimed', 'transferred')) AND COALESCE(title_event, '') <> told.digest");
  while (outdated.step()) {
    faults.add("copy {} of work {} has another owner than its last transfer tells.",
               outdated.integer(1), outdated.text(0));
  }
  Statement statements = catalogue.database().prepare(
      "SELECT number, statement, body FROM transfers JOIN works ON works.id = transfers.work JOIN "
      "events ON "
      "events.id = event");
  while (statements.step()) check_statement(catalogue, statements, faults);
  Statement keys =
      catalogue.database().prepare("SELECT name, key_pem, key_id FROM parties WHERE key_pem <> ''");
  while (keys.step()) {
    const auto key = provenance::PublicKey::from_pem(keys.text(1), keys.text(0));
    if (thumbprint(key) != keys.text(2)) faults.add("{}'s key was changed.", keys.text(0));
  }
}

CheckReport check(const Catalogue& catalogue, bool files) {
  CheckReport report;
  Faults faults(report.faults);
  check_database(catalogue, faults);
  check_chains(catalogue, report, faults);
  check_owners(catalogue, faults);
  check_ledger(catalogue, report, faults);
  Statement row = catalogue.database().prepare(
      "SELECT path, digest, number FROM files JOIN works ON works.id = work");
  while (row.step()) {
    ++report.files;
    if (!files) continue;
    try {
      if (sha256_file(catalogue.folder() / row.text(0)) != row.text(1))
        faults.add("{} of work {} is not what it was.", row.text(0), row.text(2));
    } catch (const Error& error) {
      faults.add("a file of work {} is not there: {}", row.text(2), error.what());
    }
  }
  return report;
}

}  // namespace atelier::catalogue
