// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/sha256.hpp"

#include <openssl/evp.h>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

void begin(EVP_MD_CTX* context) {
  // Fetched once: looking an algorithm up costs more than hashing a few blocks.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (!context || EVP_DigestInit_ex(context, algorithm, nullptr) != 1)
    fail(ErrorKind::internal, "OpenSSL offers no SHA-256.");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  begin(context_);
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(context_);
}

void Sha256::update(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(context_, bytes.data(), bytes.size());
}

Sha256::Digest Sha256::finish() {
  Digest digest;
  EVP_DigestFinal_ex(context_, digest.data(), nullptr);
  begin(context_);
  return digest;
}

}  // namespace atelier
