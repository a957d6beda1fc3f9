// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/catalogue/check.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/exchange.hpp"
#include "atelier/catalogue/pages.hpp"
#include "atelier/catalogue/parties.hpp"
#include "atelier/catalogue/search.hpp"
#include "atelier/catalogue/transfer.hpp"
#include "atelier/catalogue/works.hpp"
#include "atelier/jobs/identity.hpp"

/// Catalogues of works: one request each of what is done with them; docs/catalogue.md says what it
/// is all for. What records something also brings the ledger up to date, where one is attached;
/// where that cannot be written now, the event waits, and the report says so.
namespace atelier::jobs {

/// Where the events of a catalogue stand beside its ledger.
struct LedgerStanding {
  std::filesystem::path ledger;  ///< empty: none is attached
  std::int64_t waiting = 0;
  std::string why;  ///< why they wait; empty: they do not
};
[[nodiscard]] nlohmann::json to_json(const LedgerStanding& standing);

struct CatalogReport {
  std::filesystem::path folder;
  std::string name, id;
  std::int64_t works = 0;
  LedgerStanding ledger;
};
[[nodiscard]] nlohmann::json to_json(const CatalogReport& report);

/// Makes an empty catalogue, with a ledger where one is named, kept by a PostgreSQL server where a
/// URL is. Throws Error as catalogue::Catalogue.
[[nodiscard]] CatalogReport init_catalog(const std::filesystem::path& folder,
                                         const std::string& name,
                                         const std::filesystem::path& ledger,
                                         const std::string& server = {});
/// Ties a ledger to a catalogue, and appends all its events.
[[nodiscard]] CatalogReport attach_catalog(const std::filesystem::path& folder,
                                           const std::filesystem::path& ledger);
/// Appends what waits.
[[nodiscard]] CatalogReport sync_catalog(const std::filesystem::path& folder);

/// A work, with all that is known of it.
struct WorkReport {
  catalogue::Work work;
  std::vector<catalogue::WorkFile> files;
  catalogue::Standing standing;
  std::vector<catalogue::RecordedEvent> events;  ///< as they happened
  LedgerStanding ledger;
};
[[nodiscard]] nlohmann::json to_json(const WorkReport& report);

struct AddWorkRequest {
  std::filesystem::path folder;
  catalogue::Work work;
  std::vector<std::filesystem::path> files;
  std::string owner;  ///< party with a key who has copy 1; empty: not said
};
[[nodiscard]] WorkReport add_to_catalog(const AddWorkRequest& request);

[[nodiscard]] WorkReport show_work(const std::filesystem::path& folder, const std::string& number);

/// Replaces what is said of a work, and adds files to it.
[[nodiscard]] WorkReport edit_in_catalog(const std::filesystem::path& folder,
                                         const catalogue::Work& work,
                                         const std::vector<std::filesystem::path>& files);

[[nodiscard]] WorkReport record_in_catalog(const std::filesystem::path& folder,
                                           const std::string& number,
                                           const catalogue::Event& event);

/// Adds or changes a party. `identity`, `key_file`: whose public key is theirs; both empty: as
/// before.
[[nodiscard]] catalogue::Party keep_in_catalog(const std::filesystem::path& folder,
                                               const catalogue::Party& party,
                                               const std::string& identity,
                                               const std::filesystem::path& key_file);
[[nodiscard]] nlohmann::json to_json(const catalogue::Party& party);

[[nodiscard]] WorkReport claim_in_catalog(const std::filesystem::path& folder,
                                          const std::string& number, int copy,
                                          const std::string& owner);

/// How the terms of a transfer are given. Ranges and help stand in transfer_option_table().
[[nodiscard]] const OptionTable<catalogue::TransferTerms>& transfer_option_table();

/// The seller's statement, into a file.
void offer_in_catalog(const std::filesystem::path& folder, const catalogue::TransferTerms& terms,
                      const std::string& identity, const AskPassphrase& passphrase,
                      const std::filesystem::path& output);
/// The buyer's signature on it; needs no catalogue.
void accept_offer(const std::filesystem::path& offer, const std::string& identity,
                  const AskPassphrase& passphrase, const std::filesystem::path& output);
/// What both signed, into the catalogue.
[[nodiscard]] WorkReport transfer_in_catalog(const std::filesystem::path& folder,
                                             const std::filesystem::path& statement);

struct FindRequest {
  std::filesystem::path folder;
  catalogue::Query query;
  std::filesystem::path like;  ///< a picture that works are to look like; empty: none
};
struct FindReport {
  std::vector<catalogue::Found> works;
  std::vector<std::string> pictures;  ///< SHA-256 of each one's newest picture; empty: none
  std::vector<double> likeness;       ///< of each, where a picture was given
  std::int64_t total = 0;             ///< all pages together
  double seconds = 0;                 ///< without looking at the picture
};
[[nodiscard]] nlohmann::json to_json(const FindReport& report);
/// Throws Error as catalogue::find(); with a picture, also missing_weights and invalid_argument for
/// conditions beside it.
[[nodiscard]] FindReport find_in_catalog(const FindRequest& request);

/// Looks at the pictures of a catalogue that were not looked at, so that they are found by what
/// they look like. Returns how many.
[[nodiscard]] std::int64_t look_at_catalog(const std::filesystem::path& folder,
                                           const OnProgress& on_progress = {},
                                           std::stop_token stop = {});

struct ImportReport {
  std::int64_t works = 0;
  double seconds = 0;
  LedgerStanding ledger;
};
[[nodiscard]] nlohmann::json to_json(const ImportReport& report);
/// `format`: its name; empty: by the suffix. `files_in`: empty: the folder of the file.
[[nodiscard]] ImportReport import_to_catalog(const std::filesystem::path& folder,
                                             const std::filesystem::path& file,
                                             const std::string& format,
                                             const std::filesystem::path& files_in,
                                             const OnProgress& on_progress = {});
/// Works by their numbers; none: all. Returns how many.
[[nodiscard]] std::size_t export_from_catalog(const std::filesystem::path& folder,
                                              const std::vector<std::string>& numbers,
                                              const std::filesystem::path& output,
                                              const std::string& format);

/// Writes pages, as HTML or, where the output ends in .pdf, as PDF. `identity`: who signs the
/// certificate; empty: nobody.
void write_certificate(const std::filesystem::path& folder, const std::string& number, int copy,
                       const catalogue::PageOptions& options, const std::string& identity,
                       const AskPassphrase& passphrase, const std::filesystem::path& output);
void write_catalogue_page(const std::filesystem::path& folder,
                          const std::vector<std::string>& numbers,
                          const catalogue::PageOptions& options,
                          const std::filesystem::path& output);

[[nodiscard]] catalogue::Certificate verify_certificate(const std::filesystem::path& page);

[[nodiscard]] catalogue::CheckReport check_catalog(const std::filesystem::path& folder, bool files);
[[nodiscard]] nlohmann::json to_json(const catalogue::CheckReport& report);

}  // namespace atelier::jobs
