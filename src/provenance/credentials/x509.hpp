// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/certificates.hpp"
#include "provenance/openssl_handles.hpp"

namespace atelier::provenance {

using SharedCertificate = std::shared_ptr<X509>;

/// Every certificate of a PEM text, in its order; other blocks are passed over. Throws Error
/// bad_input for none, more than `most`, or a damaged one.
[[nodiscard]] std::vector<SharedCertificate> certificates_in(std::string_view pem, std::size_t most,
                                                             std::string_view what);

[[nodiscard]] std::string pem_of(X509* certificate);

[[nodiscard]] bool is_authority(X509* certificate);
[[nodiscard]] bool is_self_signed(X509* certificate);

/// An X.509 name of a subject. Throws Error invalid_argument when it is out of range.
using Name = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;
[[nodiscard]] Name name_of(const Subject& subject);

/// The text of one of a name's entries (NID_commonName, ...), or nothing.
[[nodiscard]] std::string entry_of(const X509_NAME* name, int nid);

}  // namespace atelier::provenance
