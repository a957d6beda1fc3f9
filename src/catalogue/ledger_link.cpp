// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/ledger_link.hpp"

#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/provenance/ledger.hpp"
#include "catalogue/intentions.hpp"
#include "catalogue/leaf_text.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;
using provenance::LedgerWriter;
using provenance::SealedEvent;
using store::Statement;

constexpr std::int64_t batch = 2000;

struct Waiting {
  std::int64_t event = 0;
  SealedEvent sealed;
};

std::vector<Waiting> next_waiting(const Catalogue& catalogue) {
  Statement row = catalogue.database().prepare(
      "SELECT event, sealed FROM ledger_entries WHERE position IS NULL ORDER BY event LIMIT ?");
  row.bind(1, batch);
  std::vector<Waiting> found;
  while (row.step()) {
    provenance::Presentation parts = provenance::parse_presentation(row.text(1), "the catalogue");
    found.push_back({row.integer(0), {std::move(parts.entry), std::move(parts.disclosures)}});
  }
  return found;
}

void write_position(const Catalogue& catalogue, std::int64_t event, std::uint64_t position) {
  catalogue.kept("UPDATE ledger_entries SET position = ?, sealed = '' WHERE event = ?")
      .bind(1, static_cast<std::int64_t>(position))
      .bind(2, event)
      .run();
}

std::uint64_t known_size(const Catalogue& catalogue) {
  return std::stoull(catalogue.setting("ledger_size"));
}

/// The event that waits with this leaf; 0: none does.
std::int64_t event_of(const Catalogue& catalogue, const std::string& leaf) {
  Statement row = catalogue.database().prepare(
      "SELECT event FROM ledger_entries WHERE leaf = ? AND position IS NULL");
  return row.bind(1, leaf).step() ? row.integer(0) : 0;
}

/// Looks through the entries that came since the catalogue last knew the ledger.
std::int64_t recognise(const Catalogue& catalogue, const provenance::Ledger& ledger,
                       std::uint64_t size) {
  const std::uint64_t known = known_size(catalogue);
  if (size < known) {
    fail(ErrorKind::bad_input,
         "the ledger in {} has {} entries, and the catalogue saw {}: entries were lost; bring back "
         "a "
         "copy of it.",
         ledger.folder().string(), size, known);
  }
  if (size == known) return 0;
  store::Transaction transaction(catalogue.database());
  std::int64_t found = 0;
  for (std::uint64_t i = known; i < size; ++i) {
    const std::int64_t event = event_of(catalogue, leaf_text(ledger.log().entry(i, size)));
    if (event == 0) continue;
    write_position(catalogue, event, i);
    ++found;
  }
  catalogue.set("ledger_size", std::to_string(size));
  transaction.commit();
  return found;
}

void check_same_ledger(const Catalogue& catalogue, const provenance::Ledger& ledger) {
  if (catalogue.setting("ledger_key") == to_text(ledger.settings().key)) return;
  fail(ErrorKind::bad_input,
       "the ledger in {} is not the one that was attached; bring that back to its place.",
       ledger.folder().string());
}

}  // namespace

void intend(const Catalogue& catalogue, std::int64_t event, const nlohmann::json& body) {
  if (ledger_of(catalogue).empty()) return;
  const SealedEvent sealed = provenance::seal(body);
  catalogue.kept("INSERT INTO ledger_entries(event, leaf, sealed, position) VALUES(?, ?, ?, NULL)")
      .bind(1, event)
      .bind(2, leaf_text(sealed.entry))
      .bind(3, provenance::join_presentation(sealed.entry, sealed.disclosures))
      .run();
}

fs::path ledger_of(const Catalogue& catalogue) {
  const std::string place = catalogue.setting("ledger");
  return place.empty() ? fs::path() : catalogue.folder() / place;
}

void attach_ledger(const Catalogue& catalogue, const fs::path& folder) {
  const provenance::Ledger ledger(folder);
  const LedgerWriter writer(folder);
  store::Transaction transaction(catalogue.database());
  if (!ledger_of(catalogue).empty()) {
    fail(ErrorKind::invalid_argument, "the catalogue keeps its events in {} already.",
         ledger_of(catalogue).string());
  }
  catalogue.set("ledger", fs::canonical(folder).string());
  catalogue.set("ledger_key", to_text(ledger.settings().key));
  catalogue.set("ledger_size", std::to_string(writer.head().size));
  Statement row = catalogue.database().prepare("SELECT id, body FROM events ORDER BY id");
  while (row.step()) intend(catalogue, row.integer(0), nlohmann::json::parse(row.text(1)));
  transaction.commit();
}

std::int64_t waiting(const Catalogue& catalogue) {
  Statement row =
      catalogue.database().prepare("SELECT count(*) FROM ledger_entries WHERE position IS NULL");
  return row.step() ? row.integer(0) : 0;
}

std::int64_t bring_up_to_date(const Catalogue& catalogue) {
  const fs::path folder = ledger_of(catalogue);
  if (folder.empty() || waiting(catalogue) == 0) return 0;
  LedgerWriter writer(folder);  // from here on nobody else appends
  const provenance::Ledger ledger(folder);
  check_same_ledger(catalogue, ledger);
  std::int64_t settled = recognise(catalogue, ledger, writer.head().size);
  for (;;) {
    const std::vector<Waiting> next = next_waiting(catalogue);
    if (next.empty()) return settled;
    std::vector<SealedEvent> sealed;
    for (const Waiting& one : next) sealed.push_back(one.sealed);
    const std::uint64_t first = writer.append(sealed);
    store::Transaction transaction(catalogue.database());
    for (std::size_t i = 0; i < next.size(); ++i)
      write_position(catalogue, next[i].event, first + i);
    catalogue.set("ledger_size", std::to_string(writer.head().size));
    transaction.commit();
    settled += std::ssize(next);
  }
}

}  // namespace atelier::catalogue
