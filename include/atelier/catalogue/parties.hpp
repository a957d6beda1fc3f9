// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/catalogue/catalogue.hpp"
#include "atelier/provenance/signing_key.hpp"

namespace atelier::catalogue {

/// A person or an organisation: artist, owner, borrower, restorer. Ranges and help stand in
/// party_option_table().
struct Party {
  std::string name{};  ///< one for each party
  std::string kind = "person";
  std::string born{}, died{};  ///< EDTF
  std::string uri{};           ///< of an authority file, such as ULAN or Wikidata
  std::string
      contact{};      ///< for the owner of the catalogue alone: never exported, never in a ledger
  std::string key{};  ///< public key, PEM; empty: none
  std::string key_id{};  ///< its JWK thumbprint, as jws.hpp has it; empty: none
};
[[nodiscard]] const OptionTable<Party>& party_option_table();

/// Adds a party, or changes what is known of it. A key once given stays, since who owns works is
/// told by it. Throws Error bad_input for a field that breaks a limit, another key than before, and
/// a key that another party has.
void keep_party(const Catalogue& catalogue, Party party,
                const std::optional<provenance::PublicKey>& key);

/// Throws Error bad_input when there is no such party.
[[nodiscard]] Party party(const Catalogue& catalogue, std::string_view name);
[[nodiscard]] std::vector<Party> parties(const Catalogue& catalogue);

/// The row of a party, which is made when it is new.
[[nodiscard]] std::int64_t party_row(const Catalogue& catalogue, std::string_view name);

}  // namespace atelier::catalogue
