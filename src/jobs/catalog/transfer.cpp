// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"
#include "atelier/jobs/catalog.hpp"
#include "atelier/provenance/identities.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using namespace catalogue;

constexpr std::uintmax_t limit = 1 << 20;

}  // namespace

const OptionTable<TransferTerms>& transfer_option_table() {
  using O = TransferTerms;
  const auto text = [](const char* name, const char* help) {
    return OptionSpec{name, "Transfer", help, "", {}, {}, {}, {}};
  };
  static const OptionTable<O> table{
      {&O::copy,
       {"copy",
        "Transfer",
        "which copy of an edition, the proofs after it",
        "",
        1,
        11'000,
        {},
        {}}},
      {&O::date, text("date", "when, as EDTF; none: today")},
      {&O::price, text("price", "for how much: 1200.50 EUR; none: it is not told")},
      {&O::note, text("note", "anything else both agree on")},
  };
  return table;
}

void offer_in_catalog(const fs::path& folder, const TransferTerms& terms,
                      const std::string& identity, const AskPassphrase& passphrase,
                      const fs::path& output) {
  const Catalogue catalogue(folder);
  write_file(output, offer_transfer(catalogue, terms,
                                    provenance::Identities().unlock(identity, passphrase)));
}

void accept_offer(const fs::path& offer, const std::string& identity,
                  const AskPassphrase& passphrase, const fs::path& output) {
  const std::string text = read_file(offer, limit), what = offer.filename().string();
  static_cast<void>(read_transfer(text, what));  // before the passphrase is asked for
  write_file(output,
             accept_transfer(text, what, provenance::Identities().unlock(identity, passphrase)));
}

}  // namespace atelier::jobs
