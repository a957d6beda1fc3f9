// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>

#include <string_view>

#include "atelier/provenance/signing_key.hpp"

namespace atelier::provenance {

/// Throws Error bad_input for a key of a kind that is not ours. `what`: where it came from.
[[nodiscard]] KeyAlgorithm kind_of(const EVP_PKEY* key, std::string_view what);

/// The private key of a PEM text, and a private key as encrypted PEM, as SigningKey has them.
[[nodiscard]] std::shared_ptr<EVP_PKEY> read_private_pem(std::string_view pem,
                                                         const std::function<Secret()>& passphrase,
                                                         std::string_view what);
[[nodiscard]] std::string write_private_pem(const EVP_PKEY* key, const Secret& passphrase);

}  // namespace atelier::provenance
