// SPDX-License-Identifier: Apache-2.0
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/provenance/watermark.hpp"

namespace atelier::provenance {
namespace {

constexpr std::string_view domain = "atelier watermark v1";
constexpr std::size_t min_secret = 16;

/// HKDF of RFC 5869 with SHA-256.
void hkdf(std::string_view secret, std::string info, int mode, std::byte* out, std::size_t count) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
      EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
      EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  std::string digest = "SHA256", ikm(secret);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, ikm.data(), ikm.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end()};
  const bool done = context && EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(out),
                                              count, parameters) == 1;
  OPENSSL_cleanse(ikm.data(), ikm.size());
  if (!done)
    fail(ErrorKind::missing_capability,
         "OpenSSL cannot derive keys by HKDF with SHA-256; install an OpenSSL 3 that has it.");
}

}  // namespace

WatermarkKey WatermarkKey::derive(std::string_view secret) {
  if (secret.size() < min_secret)
    fail(ErrorKind::invalid_argument,
         "A watermark's secret has {} bytes; it must have at least {} random ones.", secret.size(),
         min_secret);
  WatermarkKey key;
  hkdf(secret, std::string(domain), EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, key.bytes_.data(),
       key.bytes_.size());
  return key;
}

WatermarkKey::~WatermarkKey() {
  OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

void WatermarkKey::expand(std::string_view purpose, std::byte* bytes, std::size_t count) const {
  hkdf({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()},
       std::string(domain) + ": " + std::string(purpose), EVP_KDF_HKDF_MODE_EXPAND_ONLY, bytes,
       count);
}

}  // namespace atelier::provenance
