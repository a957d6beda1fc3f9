// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/provenance/secret.hpp"

namespace atelier::jobs {

/// Where a passphrase comes from; asked when it is needed.
using AskPassphrase = std::function<provenance::Secret()>;

/// How a key is made. Ranges and help stand in identity_option_table().
struct IdentityOptions {
  std::string algorithm = "ed25519";
};
[[nodiscard]] const OptionTable<IdentityOptions>& identity_option_table();

/// What a certificate names, and for how long. Ranges and help stand in certify_option_table().
struct CertifyOptions {
  std::string subject;  ///< empty: the identity's name
  std::string organization;
  int days = 3650;
};
[[nodiscard]] const OptionTable<CertifyOptions>& certify_option_table();

/// What an identity's certificate says.
struct CertificateReport {
  std::string subject, organization, issuer;
  std::string not_before, not_after;  ///< days, "2026-01-31"
  std::string fingerprint;            ///< SHA-256 of the certificate in DER form
};

/// What is public of an identity.
struct IdentityReport {
  std::string name, algorithm;
  std::string fingerprint;  ///< SHA-256 of the public key in DER form
  std::string public_key;   ///< PEM
  std::string witness_key;  ///< how its cosignatures are checked; empty unless Ed25519
  std::filesystem::path file;
  std::optional<CertificateReport> certificate;
};
[[nodiscard]] nlohmann::json to_json(const IdentityReport& report);

/// Makes a key and keeps it, encrypted. Throws Error invalid_argument for a name that is taken or
/// none, before the passphrase is asked for; bad_input and io as provenance::Identities.
[[nodiscard]] IdentityReport create_identity(const std::string& name,
                                             const IdentityOptions& options,
                                             const AskPassphrase& passphrase);

/// Keeps the private key of a PEM file under a name. `file_passphrase` opens the file, when it is
/// encrypted; `passphrase` is the one that it is kept with. Throws Error as create_identity().
[[nodiscard]] IdentityReport import_identity(const std::string& name,
                                             const std::filesystem::path& file,
                                             const AskPassphrase& file_passphrase,
                                             const AskPassphrase& passphrase);

/// Writes the public key as PEM. Throws Error bad_input for an identity that is not there, io.
[[nodiscard]] IdentityReport export_public_key(const std::string& name,
                                               const std::filesystem::path& output);

/// Writes the private key as encrypted PEM (mode 0600), with a passphrase of its own. Throws Error
/// invalid_argument when `output` exists; bad_input and io as provenance::Identities.
[[nodiscard]] IdentityReport export_private_key(const std::string& name,
                                                const std::filesystem::path& output,
                                                const AskPassphrase& passphrase,
                                                const AskPassphrase& new_passphrase);

/// Makes certificates for home use (provenance::make_home_chain()) in the place of those there
/// were. Throws Error invalid_argument for what a certificate cannot name; bad_input and io as
/// provenance::Identities.
[[nodiscard]] IdentityReport certify_at_home(const std::string& name,
                                             const CertifyOptions& options);

/// Takes certificates that an authority made for the identity's key. Throws Error bad_input as
/// provenance::CertificateChain and when they are of another key or do not hold now.
[[nodiscard]] IdentityReport certify_with_chain(const std::string& name,
                                                const std::filesystem::path& chain);

/// Writes a request for such certificates. Throws Error invalid_argument, bad_input, io as above.
[[nodiscard]] IdentityReport request_certificate(const std::string& name,
                                                 const CertifyOptions& options,
                                                 const std::filesystem::path& output,
                                                 const AskPassphrase& passphrase);

/// Writes the certificates as PEM, by which others trust the identity's signatures. Throws Error
/// bad_input when there are none; io.
[[nodiscard]] IdentityReport export_certificates(const std::string& name,
                                                 const std::filesystem::path& output);

/// The named identities, or all. `as`: the name that their cosignatures carry; empty: their own.
[[nodiscard]] std::vector<IdentityReport> identities(const std::vector<std::string>& names,
                                                     const std::string& as = {});

}  // namespace atelier::jobs
