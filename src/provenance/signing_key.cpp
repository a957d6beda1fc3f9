// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/signing_key.hpp"

#include <openssl/ecdsa.h>

#include "atelier/base/error.hpp"
#include "provenance/openssl_handles.hpp"
#include "provenance/private_pem.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t signature_bytes = 64;

/// r and s of ECDSA's DER form, 32 bytes each.
std::string raw_of(std::string_view der) {
  const unsigned char* data = octets(der);
  const EcdsaSignature parts(d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size())));
  std::string raw(signature_bytes, '\0');
  auto* to = reinterpret_cast<unsigned char*>(raw.data());
  constexpr int half = signature_bytes / 2;
  if (!parts || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), to, half) != half ||
      BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), to + half, half) != half) {
    fail(ErrorKind::internal, "OpenSSL made no ECDSA signature.");
  }
  return raw;
}

}  // namespace

SigningKey SigningKey::generate(KeyAlgorithm algorithm) {
  std::shared_ptr<EVP_PKEY> key(algorithm == KeyAlgorithm::ed25519
                                    ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                    : EVP_EC_gen("P-256"),
                                EVP_PKEY_free);
  if (!key) fail(ErrorKind::internal, "OpenSSL makes no {} key.", name_of(algorithm));
  return SigningKey(std::move(key));
}

SigningKey SigningKey::from_pem(std::string_view pem, const std::function<Secret()>& passphrase,
                                std::string_view what) {
  return SigningKey(read_private_pem(pem, passphrase, what));
}

std::string SigningKey::to_pem(const Secret& passphrase) const {
  return write_private_pem(key_.get(), passphrase);
}

PublicKey SigningKey::public_key() const {
  // A copy without the private part.
  const Bio bio(BIO_new(BIO_s_mem()));
  if (i2d_PUBKEY_bio(bio.get(), key_.get()) != 1)
    fail(ErrorKind::internal, "OpenSSL does not write a public key.");
  return PublicKey(std::shared_ptr<EVP_PKEY>(d2i_PUBKEY_bio(bio.get(), nullptr), EVP_PKEY_free));
}

std::string SigningKey::sign(std::string_view message) const {
  const bool ed25519 = algorithm() == KeyAlgorithm::ed25519;
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, ed25519 ? nullptr : EVP_sha256(), nullptr,
                         key_.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     octets(message), message.size()) != 1) {
    fail(ErrorKind::internal, "OpenSSL does not sign.");
  }
  signature.resize(size);
  return ed25519 ? signature : raw_of(signature);
}

NoteSignature sign_note(std::string_view note_text, std::string_view name, const SigningKey& key) {
  const VerifierKey verifier = key.public_key().verifier(name, VerifierKey::Type::log);
  return {verifier.name, verifier.id(), key.sign(note_text)};
}

NoteSignature cosign_note(std::string_view note_text, std::string_view name, const SigningKey& key,
                          std::uint64_t time) {
  const VerifierKey verifier = key.public_key().verifier(name, VerifierKey::Type::witness);
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((time >> shift) & 255);
  return {verifier.name, verifier.id(), bytes + key.sign(cosigned_message(note_text, time))};
}

}  // namespace atelier::provenance
