// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "atelier/provenance/secret.hpp"
#include "atelier/provenance/verifier_key.hpp"

struct evp_pkey_st;

namespace atelier::provenance {

/// Ed25519 (RFC 8032) signs ledgers; ES256 (ECDSA on P-256 with SHA-256, FIPS 186-5) content
/// credentials.
enum class KeyAlgorithm { ed25519, es256 };
[[nodiscard]] std::string_view name_of(KeyAlgorithm algorithm);

/// A public key of either kind.
class PublicKey {
 public:
  /// Reads the first "PUBLIC KEY" of a PEM text (X.509 SubjectPublicKeyInfo). Throws Error
  /// bad_input for none, or one of another kind. `what`: the text's name in the message.
  [[nodiscard]] static PublicKey from_pem(std::string_view pem, std::string_view what);
  [[nodiscard]] std::string to_pem() const;

  [[nodiscard]] KeyAlgorithm algorithm() const;
  /// Whether `signature`, 64 bytes as SigningKey::sign() makes them, is that of `message`.
  [[nodiscard]] bool holds(std::string_view message, std::string_view signature) const;
  /// SHA-256 of the key's DER form, in hexadecimal.
  [[nodiscard]] std::string fingerprint() const;
  /// As the key of notes with this name. Throws Error bad_input when it is no Ed25519 key or the
  /// name is none.
  [[nodiscard]] VerifierKey verifier(std::string_view name, VerifierKey::Type type) const;

  bool operator==(const PublicKey& other) const { return to_pem() == other.to_pem(); }

  /// OpenSSL's object, for what is made of keys there, such as certificates; lives with this.
  [[nodiscard]] evp_pkey_st* handle() const { return key_.get(); }

 private:
  friend class SigningKey;
  explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

/// A private key, in memory while it is used; OpenSSL wipes it at the end.
class SigningKey {
 public:
  [[nodiscard]] static SigningKey generate(KeyAlgorithm algorithm);

  /// Reads the first private key of a PEM text: PKCS #8, encrypted (PBES2) or not. `passphrase` is
  /// asked for when it is encrypted. Throws Error bad_input for a text without one, a key of
  /// another kind, a wrong passphrase, and an encryption that asks for too much work. `what`: the
  /// text's name in the message.
  [[nodiscard]] static SigningKey from_pem(std::string_view pem,
                                           const std::function<Secret()>& passphrase,
                                           std::string_view what);

  /// Encrypted PKCS #8 (RFC 5958) in PEM (RFC 7468): PBES2 (RFC 8018) with scrypt (RFC 7914; N
  /// 2^14, r 8, p 5) and AES-256-CBC.
  [[nodiscard]] std::string to_pem(const Secret& passphrase) const;

  [[nodiscard]] KeyAlgorithm algorithm() const { return public_key().algorithm(); }
  [[nodiscard]] PublicKey public_key() const;

  /// 64 bytes: RFC 8032's signature, or r and s of ECDSA, 32 bytes each (RFC 9053).
  [[nodiscard]] std::string sign(std::string_view message) const;

  /// As PublicKey::handle(), with the private part.
  [[nodiscard]] evp_pkey_st* handle() const { return key_.get(); }

 private:
  explicit SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}

  std::shared_ptr<evp_pkey_st> key_;
};

/// The note's signature by a log, or by a witness who saw it at `time` (C2SP tlog-cosignature).
/// `key` must be Ed25519.
[[nodiscard]] NoteSignature sign_note(std::string_view note_text, std::string_view name,
                                      const SigningKey& key);
[[nodiscard]] NoteSignature cosign_note(std::string_view note_text, std::string_view name,
                                        const SigningKey& key, std::uint64_t time);

}  // namespace atelier::provenance
