// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/witness.hpp"

#include <chrono>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/jobs/ledger.hpp"
#include "atelier/provenance/identities.hpp"
#include "jobs/ledger/served_log.hpp"

namespace atelier::jobs {
namespace {

using namespace provenance;

/// The growth since the witness last looked.
GrowthProof growth_in(const std::filesystem::path& source, const Witness& witness) {
  std::error_code error;
  if (!std::filesystem::is_directory(source, error))
    return parse_growth_proof(read_file(source, max_proof_bytes), source.string());
  const LogFolder log = log_in(source);
  const auto seen =
      witness.seen(Witness::origin_of(log.checkpoint().value_or(""), source.string()));
  return growth_of(log, seen ? seen->head.size : 0);
}

std::uint64_t seconds_since_1970() {
  using namespace std::chrono;
  return static_cast<std::uint64_t>(
      duration_cast<seconds>(system_clock::now().time_since_epoch()).count());
}

}  // namespace

WitnessReport witness_log(const WitnessRequest& request, const AskPassphrase& passphrase) {
  const Identities identities;
  const std::string& name = request.as.empty() ? request.identity : request.as;
  WitnessReport report{
      .head = {},
      .cosignature = {},
      .witness_key = to_text(
          identities.public_key(request.identity).verifier(name, VerifierKey::Type::witness)),
      .time = seconds_since_1970()};
  Witness witness(data_dir() / "witness" / request.identity);
  std::optional<VerifierKey> log;
  if (!request.log_key.empty()) log = parse_verifier_key(request.log_key);
  const Witness::Cosigned cosigned = witness.cosign(
      growth_in(request.source, witness), log, name,
      [&] { return identities.unlock(request.identity, passphrase); }, report.time,
      request.source.string());
  report.head = cosigned.head;
  report.old_size = cosigned.old_size;
  report.cosignature = to_text(cosigned.signature);
  if (!request.output.empty()) write_file(request.output, report.cosignature);
  return report;
}

}  // namespace atelier::jobs
