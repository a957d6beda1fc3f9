// SPDX-License-Identifier: Apache-2.0
// The catalogue against its ledger.
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/ledger_link.hpp"
#include "atelier/provenance/ledger.hpp"
#include "catalogue/faults.hpp"
#include "catalogue/leaf_text.hpp"
#include "provenance/ledger_paths.hpp"
#include "provenance/tile_files.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using store::Statement;

/// Entries of a ledger with what they open to, read one bundle after the other.
class Entries {
 public:
  Entries(const provenance::Ledger& ledger, std::uint64_t size)
      : paths_{ledger.folder()}, size_(size) {}

  [[nodiscard]] std::uint64_t size() const { return size_; }

  const std::string& entry(std::uint64_t index) {
    read(index);
    return entries_[index % provenance::tile_width];
  }
  json opened(std::uint64_t index) {
    read(index);
    const auto shown =
        provenance::parse_presentation(kept_[index % provenance::tile_width], "the ledger");
    json body = json::object();
    for (const auto& [name, value] : provenance::open(shown.entry, shown.disclosures, "the ledger"))
      body[name] = value;
    return shown.entry == entry(index) ? body : json();
  }

 private:
  void read(std::uint64_t index) {
    const std::uint64_t bundle = index / provenance::tile_width;
    if (bundle_ == bundle) return;
    const provenance::Tile tile = provenance::tile_in(size_, 0, bundle);
    entries_ = provenance::read_bundle(paths_.served(), tile);
    kept_ = provenance::read_bundle(paths_.kept(), tile);
    bundle_ = bundle;
  }

  provenance::LedgerPaths paths_;
  std::uint64_t size_;
  std::optional<std::uint64_t> bundle_;
  std::vector<std::string> entries_, kept_;
};

void check_entry(const Statement& row, Entries& entries, Faults& faults) {
  const std::string number = row.text(3);
  const auto position = static_cast<std::uint64_t>(row.integer(0));
  if (position >= entries.size()) {
    faults.add("entry {} of the ledger, an event of work {}, is not there.", position, number);
    return;
  }
  if (leaf_text(entries.entry(position)) != row.text(1)) {
    faults.add("entry {} of the ledger is another than the event of work {}.", position, number);
    return;
  }
  if (entries.opened(position) != json::parse(row.text(2), nullptr, false))
    faults.add("an event of work {} is not what entry {} of the ledger opens to.", number,
               position);
}

}  // namespace

void check_ledger(const Catalogue& catalogue, CheckReport& report, Faults& faults) {
  const std::filesystem::path folder = ledger_of(catalogue);
  if (folder.empty()) return;
  report.waiting = waiting(catalogue);
  try {
    const provenance::Ledger ledger(folder);
    Entries entries(ledger, ledger.head().size);
    if (entries.size() < std::stoull(catalogue.setting("ledger_size")))
      faults.add("the ledger has lost entries.");
    Statement row = catalogue.database().prepare(
        "SELECT position, leaf, body, number FROM ledger_entries JOIN events ON events.id = event "
        "JOIN "
        "works ON works.id = work WHERE position IS NOT NULL ORDER BY position");
    std::int64_t last = -1;
    while (row.step()) {
      if (row.integer(0) == last) faults.add("two events lie at entry {} of the ledger.", last);
      last = row.integer(0);
      check_entry(row, entries, faults);
      ++report.in_ledger;
    }
  } catch (const Error& error) {
    faults.add("the ledger cannot be read: {}", error.what());
  }
  Statement row = catalogue.database().prepare(
      "SELECT number FROM events JOIN works ON works.id = work WHERE NOT EXISTS (SELECT 1 FROM "
      "ledger_entries WHERE event = events.id)");
  while (row.step())
    faults.add("an event of work {} neither lies in the ledger nor waits.", row.text(0));
}

}  // namespace atelier::catalogue
