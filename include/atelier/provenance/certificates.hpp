// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/signing_key.hpp"

struct x509_st;

/// X.509 certificates (RFC 5280): what tells others whose key signed.
namespace atelier::provenance {

inline constexpr std::size_t max_certificates_bytes = 262'144;  ///< of a file of them
inline constexpr std::size_t max_chain = 8;
inline constexpr int max_certificate_days = 36'500;

/// Whom a certificate names.
struct Subject {
  std::string name;          ///< common name, 1..64 characters
  std::string organization;  ///< 0..64 characters
};

/// A key's own certificate, then those that vouch for it, each for the one before; the last may be
/// self-signed (a root) or not.
class CertificateChain {
 public:
  /// Reads all certificates of a PEM text. Throws Error bad_input when there is none, too many, one
  /// is damaged, one was not signed by the next, the first cannot sign content credentials (it is
  /// an authority's, or not for digital signatures and one of the purposes that C2PA names: C2PA
  /// claim signing, document signing, e-mail protection). Dates are not looked at. `what`: the
  /// text's name in messages.
  [[nodiscard]] static CertificateChain from_pem(std::string_view pem, std::string_view what);

  [[nodiscard]] std::string to_pem() const;
  /// Without a root at the end, as credentials carry it (C2PA 2.2, "Trust model").
  [[nodiscard]] std::string signing_pem() const;
  /// The last certificate: by which others trust the first.
  [[nodiscard]] std::string anchor_pem() const;

  [[nodiscard]] Subject subject() const;
  /// The issuer's common name.
  [[nodiscard]] std::string issuer() const;
  [[nodiscard]] std::int64_t not_before() const;  ///< of the first, seconds since 1970
  [[nodiscard]] std::int64_t not_after() const;
  /// SHA-256 of the first in DER form, in hexadecimal.
  [[nodiscard]] std::string fingerprint() const;
  [[nodiscard]] std::size_t size() const { return certificates_.size(); }

  /// Throws Error bad_input when the first is not this key's. `name`: the identity's.
  void check_key(const PublicKey& key, std::string_view name) const;
  /// Throws Error bad_input when the first does not hold at this time, or not yet.
  void check_time(std::int64_t now, std::string_view name) const;

 private:
  friend CertificateChain make_home_chain(const PublicKey&, const Subject&, int, std::int64_t);
  explicit CertificateChain(std::vector<std::shared_ptr<x509_st>> certificates)
      : certificates_(std::move(certificates)) {}
  std::vector<std::shared_ptr<x509_st>> certificates_;
};

/// Certificates for tests and use among people who know each other: a root of its own vouches for
/// the key, and the root's private key is forgotten at once, so that it can vouch for nothing else.
/// Whoever trusts the root (anchor_pem()) trusts this one key. Nobody has checked the name.
///
/// They hold from `now` (seconds since 1970) for `days`, 1..max_certificate_days. Throws Error
/// invalid_argument for a subject or days out of range.
[[nodiscard]] CertificateChain make_home_chain(const PublicKey& key, const Subject& subject,
                                               int days, std::int64_t now);

/// A certificate signing request in PEM (PKCS #10, RFC 2986), for an authority that checks names.
/// Throws Error invalid_argument for a subject out of range.
[[nodiscard]] std::string certificate_request(const SigningKey& key, const Subject& subject);

/// Whose signatures are trusted: authorities, and single certificates that are trusted themselves.
struct TrustList {
  std::string anchors;  ///< PEM of authorities
  std::string allowed;  ///< PEM of certificates that sign
  [[nodiscard]] bool empty() const { return anchors.empty() && allowed.empty(); }
};

/// All certificates of a PEM file. Throws Error bad_input when it holds none, or damaged ones.
[[nodiscard]] TrustList read_trust_list(const std::filesystem::path& file);

}  // namespace atelier::provenance
