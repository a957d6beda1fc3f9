// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "atelier/catalogue/catalogue.hpp"
#include "atelier/catalogue/jws.hpp"

/// A copy of a work changes hands: seller and buyer sign one statement.
///
/// The statement is a JWS (jws.hpp) over JSON that names the catalogue, the work with the digests
/// of its files, the copy, both parties with their public keys, the date, the price, and the event
/// by which the seller has it ("follows"), so that no statement can be used twice. The seller signs
/// first, the buyer after; anybody with a JOSE library can check both. The signatures hold what the
/// two agreed on; they do not show that money changed hands, or that the seller had the right to
/// sell.
namespace atelier::catalogue {

struct TransferTerms {
  std::string number{};
  int copy = 1;
  std::string buyer{};  ///< a party with a key
  std::string date{};   ///< EDTF; empty: today
  std::string price{};  ///< money; empty: not told
  std::string note{};
};

/// What the seller signs. Throws Error bad_input when the copy has no owner, `key` is not the
/// owner's, the buyer has no key or is the owner, or a term breaks a limit.
[[nodiscard]] std::string offer_transfer(const Catalogue& catalogue, const TransferTerms& terms,
                                         const provenance::SigningKey& key);

/// What a statement says, its signatures not checked. Throws Error bad_input for what is no
/// statement of a transfer.
struct TransferStatement {
  SignedStatement statement;
  nlohmann::json terms;
  std::string seller, buyer;                         ///< names
  std::string seller_id, buyer_id;                   ///< thumbprints of their keys
  bool seller_signed = false, buyer_signed = false;  ///< by the keys that the statement names
};
[[nodiscard]] TransferStatement read_transfer(std::string_view text, std::string_view what);

/// Adds the buyer's signature. Needs no catalogue: the buyer may be elsewhere. Throws Error
/// bad_input when `key` is not the buyer's, or the seller has not signed.
[[nodiscard]] std::string accept_transfer(std::string_view text, std::string_view what,
                                          const provenance::SigningKey& key);

/// Makes the buyer the owner of record: the event "transferred", the sale, the statement with both
/// signatures. Throws Error bad_input when a signature lacks or does not hold, the seller is not
/// the owner of record, the statement follows another event than the one by which they are, or
/// belongs to another catalogue. Returns the event's row.
std::int64_t record_transfer(const Catalogue& catalogue, std::string_view text,
                             std::string_view what);

}  // namespace atelier::catalogue
