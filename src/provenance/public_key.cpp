// SPDX-License-Identifier: Apache-2.0
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/provenance/signing_key.hpp"
#include "provenance/ed25519.hpp"
#include "provenance/openssl_handles.hpp"
#include "provenance/pem_block.hpp"
#include "provenance/private_pem.hpp"

namespace atelier::provenance {
namespace {

std::array<std::uint8_t, 32> raw_ed25519(const EVP_PKEY* key) {
  std::array<std::uint8_t, 32> raw{};
  std::size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1)
    fail(ErrorKind::internal, "OpenSSL does not tell an Ed25519 key.");
  return raw;
}

/// ECDSA's signature as OpenSSL wants it: DER of r and s.
std::string der_of(std::string_view signature) {
  const EcdsaSignature parts(ECDSA_SIG_new());
  const int half = static_cast<int>(signature.size() / 2);
  BIGNUM* r = BN_bin2bn(octets(signature), half, nullptr);
  BIGNUM* s = BN_bin2bn(octets(signature) + half, half, nullptr);
  ECDSA_SIG_set0(parts.get(), r, s);
  std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(parts.get(), nullptr)), '\0');
  auto* to = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(parts.get(), &to);
  return der;
}

}  // namespace

std::string_view name_of(KeyAlgorithm algorithm) {
  return algorithm == KeyAlgorithm::ed25519 ? "ed25519" : "es256";
}

KeyAlgorithm kind_of(const EVP_PKEY* key, std::string_view what) {
  const int id = EVP_PKEY_get_base_id(key);
  if (id == EVP_PKEY_ED25519) return KeyAlgorithm::ed25519;
  std::array<char, 64> group{};
  if (id == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
      std::string_view(group.data()) == "prime256v1") {
    return KeyAlgorithm::es256;
  }
  fail(ErrorKind::bad_input, "{} holds a key of another kind; use Ed25519 or ECDSA on P-256.",
       what);
}

PublicKey PublicKey::from_pem(std::string_view pem, std::string_view what) {
  const auto block = PemBlock::find(pem, {PEM_STRING_PUBLIC});
  const unsigned char* data = block ? block->data() : nullptr;
  std::shared_ptr<EVP_PKEY> key(block ? d2i_PUBKEY(nullptr, &data, block->size()) : nullptr,
                                EVP_PKEY_free);
  ERR_clear_error();
  if (!key) fail(ErrorKind::bad_input, "{} holds no public key in PEM form.", what);
  (void)kind_of(key.get(), what);
  return PublicKey(std::move(key));
}

std::string PublicKey::to_pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_PUBKEY(bio.get(), key_.get()) != 1)
    fail(ErrorKind::internal, "OpenSSL does not write a public key.");
  return text_of(bio.get());
}

KeyAlgorithm PublicKey::algorithm() const {
  return kind_of(key_.get(), "the key");
}

bool PublicKey::holds(std::string_view message, std::string_view signature) const {
  if (algorithm() == KeyAlgorithm::ed25519)
    return ed25519_holds(raw_ed25519(key_.get()), message, signature);
  if (signature.size() != 64) return false;
  const std::string der = der_of(signature);
  const DigestContext context(EVP_MD_CTX_new());
  const bool holds =
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), octets(der), der.size(), octets(message), message.size()) ==
          1;
  ERR_clear_error();
  return holds;
}

std::string PublicKey::fingerprint() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &der);
  if (size <= 0) fail(ErrorKind::internal, "OpenSSL does not write a public key.");
  std::string digest = sha256(std::as_bytes(std::span(der, static_cast<std::size_t>(size))));
  OPENSSL_free(der);
  return digest;
}

VerifierKey PublicKey::verifier(std::string_view name, VerifierKey::Type type) const {
  if (algorithm() != KeyAlgorithm::ed25519) {
    fail(ErrorKind::bad_input,
         "ledgers and witnesses sign with Ed25519, and the key of {} is {}; make another identity.",
         name, name_of(algorithm()));
  }
  if (!is_key_name(name)) {
    fail(ErrorKind::bad_input,
         "'{}' cannot name a key: it must be UTF-8 without spaces and plus signs.", name);
  }
  return {type, std::string(name), raw_ed25519(key_.get())};
}

}  // namespace atelier::provenance
