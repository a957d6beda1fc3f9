// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/jws.hpp"

#include <algorithm>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/sha256.hpp"
#include "provenance/strict_json.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using provenance::KeyAlgorithm;
using provenance::PublicKey;

constexpr int deepest = 8;
constexpr std::size_t max_signatures = 8;

/// What comes before the key's own bytes in its DER form (RFC 8410; RFC 5480, uncompressed point).
constexpr unsigned char ed25519_prefix[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                            0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr unsigned char p256_prefix[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                         0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                         0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
constexpr std::size_t coordinate = 32;

std::string_view prefix_of(KeyAlgorithm algorithm) {
  return algorithm == KeyAlgorithm::ed25519 ? as_text(ed25519_prefix) : as_text(p256_prefix);
}

constexpr std::string_view pem_begin = "-----BEGIN PUBLIC KEY-----\n",
                           pem_end = "-----END PUBLIC KEY-----";

/// The key's own bytes: 32, or 64 of x and y.
std::string raw_bytes(const PublicKey& key) {
  std::string pem = key.to_pem();
  const std::size_t begin = pem.find(pem_begin), end = pem.find(pem_end);
  std::string base64 = begin == pem.npos || end == pem.npos
                           ? ""
                           : pem.substr(begin + pem_begin.size(), end - begin - pem_begin.size());
  std::erase(base64, '\n');
  const std::string der = from_base64(base64).value_or("");
  const std::string_view prefix = prefix_of(key.algorithm());
  const std::size_t size = key.algorithm() == KeyAlgorithm::ed25519 ? coordinate : 2 * coordinate;
  if (!der.starts_with(prefix) || der.size() != prefix.size() + size) {
    fail(ErrorKind::bad_input,
         "the public key is not in the usual form; write it anew with `openssl pkey -pubin`.");
  }
  return der.substr(prefix.size());
}

PublicKey from_raw(KeyAlgorithm algorithm, const std::string& raw, std::string_view what) {
  const std::string base64 = to_base64(std::string(prefix_of(algorithm)) + raw);
  std::string pem(pem_begin);
  for (std::size_t i = 0; i < base64.size(); i += 64) pem += base64.substr(i, 64) + '\n';
  return PublicKey::from_pem(pem + std::string(pem_end) + '\n', what);
}

std::string member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string algorithm_name(KeyAlgorithm algorithm) {
  return algorithm == KeyAlgorithm::ed25519 ? "EdDSA" : "ES256";
}

std::string signing_input(std::string_view header, std::string_view payload) {
  return std::string(header) + '.' + to_base64(payload, Base64::url);
}

/// The protected header as JSON; null for what is none.
json header_of(const SignedStatement::Signature& signature) {
  const auto bytes = from_base64(signature.header, Base64::url);
  const auto header = bytes ? provenance::parse_strict_json(*bytes, deepest) : std::nullopt;
  return header && header->is_object() ? *header : json();
}

}  // namespace

json to_jwk(const PublicKey& key) {
  const std::string raw = raw_bytes(key);
  if (key.algorithm() == KeyAlgorithm::ed25519)
    return {{"crv", "Ed25519"}, {"kty", "OKP"}, {"x", to_base64(raw, Base64::url)}};
  return {{"crv", "P-256"},
          {"kty", "EC"},
          {"x", to_base64(raw.substr(0, coordinate), Base64::url)},
          {"y", to_base64(raw.substr(coordinate), Base64::url)}};
}

PublicKey from_jwk(const json& jwk, std::string_view what) {
  const auto x = from_base64(member(jwk, "x"), Base64::url),
             y = from_base64(member(jwk, "y"), Base64::url);
  const bool has_x = x && x->size() == coordinate, has_y = y && y->size() == coordinate;
  if (member(jwk, "kty") == "OKP" && member(jwk, "crv") == "Ed25519" && has_x)
    return from_raw(KeyAlgorithm::ed25519, *x, what);
  if (member(jwk, "kty") == "EC" && member(jwk, "crv") == "P-256" && has_x && has_y)
    return from_raw(KeyAlgorithm::es256, *x + *y, what);
  fail(ErrorKind::bad_input, "{} holds no Ed25519 or P-256 public key as JWK.", what);
}

std::string thumbprint(const PublicKey& key) {
  Sha256 hash;
  hash.update(to_jwk(key).dump());  // names ascending, no spaces: RFC 7638, section 3
  return to_base64(as_text(hash.finish()), Base64::url);
}

void sign(SignedStatement& statement, const provenance::SigningKey& key, std::string_view type) {
  const std::string id = thumbprint(key.public_key());
  const json header{{"alg", algorithm_name(key.algorithm())}, {"kid", id}, {"typ", type}};
  const std::string encoded = to_base64(header.dump(), Base64::url);
  const std::string signature = key.sign(signing_input(encoded, statement.payload));
  statement.signatures.push_back({encoded, signature, id});
}

bool signed_by(const SignedStatement& statement, const PublicKey& key, std::string_view type) {
  const std::string id = thumbprint(key);
  return std::any_of(
      statement.signatures.begin(), statement.signatures.end(), [&](const auto& one) {
        const json header = header_of(one);
        // No other members: "crit" and such change what a signature means (RFC 7515, 4.1.11).
        return header.size() == 3 && member(header, "alg") == algorithm_name(key.algorithm()) &&
               member(header, "kid") == id && member(header, "typ") == type &&
               key.holds(signing_input(one.header, statement.payload), one.signature);
      });
}

std::string to_text(const SignedStatement& statement) {
  json signatures = json::array();
  for (const auto& one : statement.signatures) {
    signatures.push_back(
        {{"protected", one.header}, {"signature", to_base64(one.signature, Base64::url)}});
  }
  return json{{"payload", to_base64(statement.payload, Base64::url)}, {"signatures", signatures}}
             .dump(1) +
         '\n';
}

SignedStatement parse_statement(std::string_view text, std::string_view what) {
  const auto refuse = [&] {
    fail(ErrorKind::bad_input, "{} is no signed statement (JWS, RFC 7515, general JSON form).",
         what);
  };
  const auto object = provenance::parse_strict_json(text, deepest);
  if (!object || !object->is_object()) refuse();
  const auto payload = from_base64(member(*object, "payload"), Base64::url);
  const auto list = object->find("signatures");
  if (!payload || payload->empty() || list == object->end() || !list->is_array() || list->empty() ||
      list->size() > max_signatures)
    refuse();
  SignedStatement statement{*payload, {}};
  for (const json& one : *list) {
    if (!one.is_object()) refuse();
    const auto bytes = from_base64(member(one, "signature"), Base64::url);
    if (!bytes) refuse();
    statement.signatures.push_back({member(one, "protected"), *bytes, ""});
    const json header = header_of(statement.signatures.back());
    if (!header.is_object()) refuse();
    statement.signatures.back().key_id = member(header, "kid");
  }
  return statement;
}

}  // namespace atelier::catalogue
