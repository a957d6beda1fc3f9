// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/signing_key.hpp"

/// Signed statements, as any JOSE library checks them.
///
/// Source: JSON Web Signature (RFC 7515), general JSON serialization, with EdDSA over Ed25519 (RFC
/// 8037) or ES256 (RFC 7518); keys as JWK (RFC 7517), named by their thumbprints (RFC 7638).
namespace atelier::catalogue {

/// A public key as JWK.
[[nodiscard]] nlohmann::json to_jwk(const provenance::PublicKey& key);
/// Throws Error bad_input for what is no public key of these kinds. `what`: its name in the
/// message.
[[nodiscard]] provenance::PublicKey from_jwk(const nlohmann::json& jwk, std::string_view what);
/// base64url of SHA-256 of the JWK's required members.
[[nodiscard]] std::string thumbprint(const provenance::PublicKey& key);

/// A payload and who signed it.
struct SignedStatement {
  std::string payload;  ///< bytes that were signed: JSON
  struct Signature {
    std::string header;  ///< protected header, base64url
    std::string signature;
    std::string key_id;  ///< "kid" of the header
  };
  std::vector<Signature> signatures;
};

/// Adds a signature. `type`: what is signed, "typ" of the header.
void sign(SignedStatement& statement, const provenance::SigningKey& key, std::string_view type);

/// Whether one of the signatures is that of `key` over this payload, and says so of `type`.
[[nodiscard]] bool signed_by(const SignedStatement& statement, const provenance::PublicKey& key,
                             std::string_view type);

[[nodiscard]] std::string to_text(const SignedStatement& statement);
/// Throws Error bad_input for what is no such statement; signatures are not checked. `what`: its
/// name in the message.
[[nodiscard]] SignedStatement parse_statement(std::string_view text, std::string_view what);

}  // namespace atelier::catalogue
