// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/identity.hpp"

#include <fmt/chrono.h>

#include <ctime>

#include "atelier/base/atomic_file.hpp"
#include "atelier/provenance/identities.hpp"

namespace atelier::jobs {
namespace {

using provenance::Identities;
using provenance::KeyAlgorithm;
using provenance::SigningKey;

std::string day_of(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

CertificateReport certificate_of(const Identities& identities, const std::string& name) {
  const provenance::CertificateChain chain = identities.certificates(name);
  const provenance::Subject subject = chain.subject();
  return {.subject = subject.name,
          .organization = subject.organization,
          .issuer = chain.issuer(),
          .not_before = day_of(chain.not_before()),
          .not_after = day_of(chain.not_after()),
          .fingerprint = chain.fingerprint()};
}

provenance::Subject subject_of(const std::string& name, const CertifyOptions& options) {
  return {options.subject.empty() ? name : options.subject, options.organization};
}

IdentityReport report_of(const Identities& identities, const std::string& name,
                         const std::string& as = {}) {
  const provenance::PublicKey key = identities.public_key(name);
  IdentityReport report{.name = name,
                        .algorithm = std::string(name_of(key.algorithm())),
                        .fingerprint = key.fingerprint(),
                        .public_key = key.to_pem(),
                        .witness_key = {},
                        .file = identities.file_of(name),
                        .certificate = {}};
  if (key.algorithm() == KeyAlgorithm::ed25519) {
    report.witness_key =
        to_text(key.verifier(as.empty() ? name : as, provenance::VerifierKey::Type::witness));
  }
  if (identities.has_certificates(name)) report.certificate = certificate_of(identities, name);
  return report;
}

IdentityReport keep(const std::string& name, const SigningKey& key,
                    const AskPassphrase& passphrase) {
  const Identities identities;
  identities.add(name, key, passphrase());
  return report_of(identities, name);
}

}  // namespace

const OptionTable<IdentityOptions>& identity_option_table() {
  using O = IdentityOptions;
  static const OptionTable<O> table{
      {&O::algorithm,
       {"algorithm",
        "Key",
        "ed25519 signs ledgers, cosigns those of others and signs content credentials; es256 signs "
        "content credentials, and every reader of them knows it",
        "",
        {},
        {},
        {"ed25519", "es256"},
        {}}},
  };
  return table;
}

IdentityReport create_identity(const std::string& name, const IdentityOptions& options,
                               const AskPassphrase& passphrase) {
  Identities().check_new(name);
  const KeyAlgorithm algorithm =
      options.algorithm == "es256" ? KeyAlgorithm::es256 : KeyAlgorithm::ed25519;
  return keep(name, SigningKey::generate(algorithm), passphrase);
}

IdentityReport import_identity(const std::string& name, const std::filesystem::path& file,
                               const AskPassphrase& file_passphrase,
                               const AskPassphrase& passphrase) {
  Identities().check_new(name);
  return keep(name, provenance::read_key_file(file, file_passphrase), passphrase);
}

IdentityReport export_public_key(const std::string& name, const std::filesystem::path& output) {
  IdentityReport report = report_of(Identities(), name);
  write_file(output, report.public_key);
  return report;
}

IdentityReport export_private_key(const std::string& name, const std::filesystem::path& output,
                                  const AskPassphrase& passphrase,
                                  const AskPassphrase& new_passphrase) {
  const Identities identities;
  provenance::check_absent(output);
  const SigningKey key = identities.unlock(name, passphrase);
  provenance::write_private_file(output, key.to_pem(new_passphrase()));
  return report_of(identities, name);
}

const OptionTable<CertifyOptions>& certify_option_table() {
  using O = CertifyOptions;
  static const OptionTable<O> table{
      {&O::subject,
       {"subject", "Certificate", "whom it names; the identity's name if not", "", {}, {}, {}, {}}},
      {&O::organization, {"organization", "Certificate", "of whom it names", "", {}, {}, {}, {}}},
      {&O::days,
       {"days",
        "Certificate",
        "for how long a home certificate holds; afterwards what it signed can no longer be told "
        "from what is signed too late",
        "days",
        1,
        provenance::max_certificate_days,
        {},
        {}}},
  };
  return table;
}

IdentityReport certify_at_home(const std::string& name, const CertifyOptions& options) {
  const Identities identities;
  identities.keep_certificates(
      name, provenance::make_home_chain(identities.public_key(name), subject_of(name, options),
                                        options.days, std::time(nullptr)));
  return report_of(identities, name);
}

IdentityReport certify_with_chain(const std::string& name, const std::filesystem::path& chain) {
  const Identities identities;
  const auto certificates = provenance::CertificateChain::from_pem(
      read_file(chain, provenance::max_certificates_bytes), chain.string());
  certificates.check_time(std::time(nullptr), name);
  identities.keep_certificates(name, certificates);
  return report_of(identities, name);
}

IdentityReport request_certificate(const std::string& name, const CertifyOptions& options,
                                   const std::filesystem::path& output,
                                   const AskPassphrase& passphrase) {
  const Identities identities;
  const SigningKey key = identities.unlock(name, passphrase);
  write_file(output, provenance::certificate_request(key, subject_of(name, options)));
  return report_of(identities, name);
}

IdentityReport export_certificates(const std::string& name, const std::filesystem::path& output) {
  const Identities identities;
  write_file(output, identities.certificates(name).to_pem());
  return report_of(identities, name);
}

std::vector<IdentityReport> identities(const std::vector<std::string>& names,
                                       const std::string& as) {
  const Identities identities;
  std::vector<IdentityReport> reports;
  for (const std::string& name : names.empty() ? identities.names() : names)
    reports.push_back(report_of(identities, name, as));
  return reports;
}

nlohmann::json to_json(const IdentityReport& report) {
  nlohmann::json json{{"name", report.name},
                      {"algorithm", report.algorithm},
                      {"fingerprint", report.fingerprint},
                      {"public_key", report.public_key},
                      {"file", report.file.string()}};
  if (!report.witness_key.empty()) json["witness_key"] = report.witness_key;
  if (report.certificate) {
    json["certificate"] = {{"subject", report.certificate->subject},
                           {"organization", report.certificate->organization},
                           {"issuer", report.certificate->issuer},
                           {"not_before", report.certificate->not_before},
                           {"not_after", report.certificate->not_after},
                           {"fingerprint", report.certificate->fingerprint}};
  }
  return json;
}

}  // namespace atelier::jobs
