// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/identity.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/provenance/identities.hpp"

namespace atelier::jobs {
namespace {

using provenance::Identities;
using provenance::KeyAlgorithm;
using provenance::SigningKey;

IdentityReport report_of(const Identities& identities, const std::string& name,
                         const std::string& as = {}) {
  const provenance::PublicKey key = identities.public_key(name);
  IdentityReport report{.name = name,
                        .algorithm = std::string(name_of(key.algorithm())),
                        .fingerprint = key.fingerprint(),
                        .public_key = key.to_pem(),
                        .witness_key = {},
                        .file = identities.file_of(name)};
  if (key.algorithm() == KeyAlgorithm::ed25519) {
    report.witness_key =
        to_text(key.verifier(as.empty() ? name : as, provenance::VerifierKey::Type::witness));
  }
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
        "ed25519 signs ledgers and cosigns those of others; es256 is for content credentials",
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
  return json;
}

}  // namespace atelier::jobs
