// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/catalogue/ledger_link.hpp"
#include "atelier/jobs/catalog.hpp"
#include "atelier/provenance/identities.hpp"
#include "atelier/provenance/ledger.hpp"
#include "jobs/catalog/up_to_date.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using namespace catalogue;

CatalogReport report_of(const Catalogue& catalogue) {
  return {.folder = catalogue.folder(),
          .name = catalogue.setting("name"),
          .id = catalogue.setting("id"),
          .works = catalogue.size(),
          .ledger = up_to_date(catalogue)};
}

WorkReport report_of(const Catalogue& catalogue, const std::string& number) {
  LedgerStanding ledger = up_to_date(catalogue);
  return {.work = work(catalogue, number),
          .files = files_of(catalogue, number),
          .standing = standing(catalogue, number),
          .events = events_of(catalogue, number, true),
          .ledger = std::move(ledger)};
}

std::vector<WorkFile> read_files(const Catalogue& catalogue, const std::vector<fs::path>& paths) {
  std::vector<WorkFile> files;
  for (const fs::path& path : paths) files.push_back(read_work_file(catalogue, path));
  return files;
}

}  // namespace

LedgerStanding up_to_date(const Catalogue& catalogue) {
  LedgerStanding standing{.ledger = ledger_of(catalogue), .waiting = 0, .why = {}};
  try {
    bring_up_to_date(catalogue);
  } catch (const Error& error) {
    standing.why = error.what();
  }
  standing.waiting = waiting(catalogue);
  return standing;
}

CatalogReport init_catalog(const fs::path& folder, const std::string& name, const fs::path& ledger,
                           const std::string& server) {
  if (!ledger.empty()) static_cast<void>(provenance::Ledger(ledger));  // before anything is made
  Catalogue::create(folder, name, server);
  const Catalogue catalogue(folder);
  if (!ledger.empty()) attach_ledger(catalogue, ledger);
  return report_of(catalogue);
}

CatalogReport attach_catalog(const fs::path& folder, const fs::path& ledger) {
  const Catalogue catalogue(folder);
  attach_ledger(catalogue, ledger);
  return report_of(catalogue);
}

CatalogReport sync_catalog(const fs::path& folder) {
  return report_of(Catalogue(folder));
}

WorkReport add_to_catalog(const AddWorkRequest& request) {
  const Catalogue catalogue(request.folder);
  if (!request.owner.empty() && party(catalogue, request.owner).key_id.empty()) {
    fail(ErrorKind::bad_input,
         "{} has no key in this catalogue; give one with `atelier catalog party`.", request.owner);
  }
  const Work added = add_work(catalogue, request.work, read_files(catalogue, request.files));
  if (!request.owner.empty()) claim(catalogue, added.number, 1, request.owner);
  return report_of(catalogue, added.number);
}

WorkReport show_work(const fs::path& folder, const std::string& number) {
  const Catalogue catalogue(folder);
  return {.work = work(catalogue, number),
          .files = files_of(catalogue, number),
          .standing = standing(catalogue, number),
          .events = events_of(catalogue, number, true),
          .ledger = {.ledger = ledger_of(catalogue), .waiting = waiting(catalogue), .why = {}}};
}

WorkReport edit_in_catalog(const fs::path& folder, const Work& changed,
                           const std::vector<fs::path>& files) {
  const Catalogue catalogue(folder);
  const std::vector<WorkFile> read = read_files(catalogue, files);
  edit_work(catalogue, changed);
  add_files(catalogue, changed.number, read);
  return report_of(catalogue, changed.number);
}

WorkReport record_in_catalog(const fs::path& folder, const std::string& number,
                             const Event& event) {
  const Catalogue catalogue(folder);
  record_event(catalogue, number, event);
  return report_of(catalogue, number);
}

Party keep_in_catalog(const fs::path& folder, const Party& party, const std::string& identity,
                      const fs::path& key_file) {
  const Catalogue catalogue(folder);
  if (!identity.empty() && !key_file.empty()) {
    fail(ErrorKind::invalid_argument,
         "--identity and --key are two ways to say one thing; give one.");
  }
  std::optional<provenance::PublicKey> key;
  constexpr std::uintmax_t limit = 65'536;
  if (!identity.empty()) key = provenance::Identities().public_key(identity);
  if (!key_file.empty())
    key = provenance::PublicKey::from_pem(read_file(key_file, limit), key_file.string());
  keep_party(catalogue, party, key);
  return catalogue::party(catalogue, party.name);
}

WorkReport claim_in_catalog(const fs::path& folder, const std::string& number, int copy,
                            const std::string& owner) {
  const Catalogue catalogue(folder);
  claim(catalogue, number, copy, owner);
  return report_of(catalogue, number);
}

WorkReport transfer_in_catalog(const fs::path& folder, const fs::path& statement) {
  const Catalogue catalogue(folder);
  constexpr std::uintmax_t limit = 1 << 20;
  const std::string text = read_file(statement, limit), what = statement.filename().string();
  record_transfer(catalogue, text, what);
  return report_of(catalogue, read_transfer(text, what).terms.at("work").get<std::string>());
}

CheckReport check_catalog(const fs::path& folder, bool files) {
  return check(Catalogue(folder), files);
}

}  // namespace atelier::jobs
