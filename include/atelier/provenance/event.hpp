// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Events, sealed: what a ledger tells the world of one, and what its owner keeps.
///
/// An event is a JSON object, such as {"what":"sale","work":"...","buyer":"..."}. Each of its
/// fields is sealed with a salt of its own, and only the digests go into the ledger, so that the
/// ledger holds nothing of anybody's, and the owner can show any field of an event alone.
///
/// Source: SD-JWT (RFC 9901), sections 4.2.1 and 4.2.3: a disclosure is base64url of the JSON array
/// [salt, name, value]; its digest is base64url of SHA-256 over the disclosure's ASCII.
/// Differs: the entry stands in a log instead of a signed token; fields of fields are not sealed
/// apart; there are no decoys, so that the number of fields is seen.
namespace atelier::provenance {

inline constexpr std::size_t max_event_fields = 64;
inline constexpr std::size_t max_event_bytes = 32'768;  ///< as JSON
inline constexpr int max_event_depth = 16;

/// A field by its name, and its value.
using Field = std::pair<std::string, nlohmann::json>;

struct SealedEvent {
  /// Into the ledger. Canonical: {"_sd":[...],"_sd_alg":"sha-256"} without spaces, digests
  /// ascending.
  std::string entry;
  /// For the owner, a disclosure each field, by the fields' names ascending.
  std::vector<std::string> disclosures;
};

/// Reads one event, or an array of them. Nothing when the text is no JSON of one meaning (I-JSON,
/// RFC 7493: UTF-8, no name twice) or goes deeper than max_event_depth.
[[nodiscard]] std::optional<nlohmann::json> parse_event_json(std::string_view text);

/// Salts are 128 bits of OpenSSL's generator. Throws Error bad_input for an event that is no object
/// of 1..max_event_fields fields within the limits above, or has a field of a name that SD-JWT
/// keeps for itself: "_sd", "_sd_alg" and "...".
[[nodiscard]] SealedEvent seal(const nlohmann::json& event);

/// The fields that `disclosures` show of `entry`, sorted by name. Throws Error bad_input when the
/// entry is no canonical one of ours, a disclosure is none or belongs to another entry, or a name
/// comes twice. `what`: the name of both in the message.
[[nodiscard]] std::vector<Field> open(std::string_view entry,
                                      std::span<const std::string> disclosures,
                                      std::string_view what);

/// How many fields an entry has, shown or not. Throws Error bad_input as open().
[[nodiscard]] std::size_t count_fields(std::string_view entry, std::string_view what);

/// The name of the field that a disclosure shows. Throws Error bad_input when it shows none.
[[nodiscard]] std::string field_name(std::string_view disclosure, std::string_view what);

/// An entry with some of its disclosures as one text, which goes into a proof: base64url of the
/// entry and the disclosures, each with a ~ after it, as SD-JWT puts them together.
[[nodiscard]] std::string join_presentation(std::string_view entry,
                                            std::span<const std::string> disclosures);
struct Presentation {
  std::string entry;
  std::vector<std::string> disclosures;
};
/// Throws Error bad_input for what is none.
[[nodiscard]] Presentation parse_presentation(std::string_view text, std::string_view what);

}  // namespace atelier::provenance
