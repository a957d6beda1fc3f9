// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/base64.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/jobs/ledger.hpp"
#include "atelier/provenance/policy.hpp"
#include "jobs/ledger/served_log.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using namespace provenance;

TrustPolicy policy_of(const VerifyLedgerRequest& request) {
  const bool keys = !request.keys.empty() || !request.witnesses.empty();
  if (keys == !request.policy.empty()) {
    fail(ErrorKind::invalid_argument,
         "say whose word counts: the key of the log with --key, and of witnesses with --witness, "
         "or a "
         "--policy file instead of them.");
  }
  if (!request.policy.empty()) {
    return TrustPolicy::parse(read_file(request.policy, max_note_bytes), request.policy.string());
  }
  std::vector<VerifierKey> logs, witnesses;
  for (const std::string& key : request.keys) logs.push_back(parse_verifier_key(key));
  for (const std::string& key : request.witnesses) witnesses.push_back(parse_verifier_key(key));
  return TrustPolicy::of(logs, witnesses, static_cast<std::size_t>(request.options.quorum));
}

void take(const TrustedHead& trusted, VerifyLedgerReport& report) {
  report.head = trusted.head;
  report.log = trusted.log;
  report.cosignatures = trusted.cosignatures;
}

/// The older checkpoint, by the same policy but for its witnesses, whom it may not have had yet.
std::optional<TreeHead> older(const VerifyLedgerRequest& request,
                              const VerifyLedgerReport& report) {
  if (request.since.empty()) return std::nullopt;
  const std::string what = request.since.string();
  const TreeHead head = TrustPolicy::of({report.log}, {}, 0)
                            .trusted(read_file(request.since, max_note_bytes), what)
                            .head;
  if (head.size > report.head.size) {
    fail(
        ErrorKind::bad_input,
        "{} tells of {} entries, and {} of {}: they are given the wrong way round, or the log took "
        "entries back.",
        what, head.size, request.input.string(), report.head.size);
  }
  return head;
}

void check_growth(const Proof& proof, const TreeHead& old, const std::string& what,
                  VerifyLedgerReport& report) {
  if (old.size == report.head.size && old.root != report.head.root) {
    fail(
        ErrorKind::bad_input,
        "the log '{}' shows two histories of {} entries, and signed both; keep both checkpoints as "
        "evidence.",
        old.origin, old.size);
  }
  if (!consistency_holds(old.size, old.root, report.head.size, report.head.root, proof)) {
    fail(ErrorKind::bad_input,
         "{} does not begin with the {} entries of the older checkpoint: it is damaged, or the log "
         "shows two histories; keep both checkpoints as evidence.",
         what, old.size);
  }
  report.grown_from = old.size;
}

void verify_proof(const VerifyLedgerRequest& request, const std::string& text,
                  const TrustPolicy& policy, VerifyLedgerReport& report) {
  const std::string what = request.input.string();
  report.kind = "proof";
  const ProofFile proof = parse_proof_file(text, what);
  take(policy.trusted(proof.checkpoint, what), report);
  Presentation shown;
  if (!request.entry.empty()) {
    shown.entry = read_file(request.entry, max_proof_bytes);
  } else if (proof.extra.empty()) {
    fail(ErrorKind::invalid_argument,
         "{} does not carry its entry; name a file with it by --entry.", what);
  } else {
    shown = parse_presentation(proof.extra, what);
  }
  if (!inclusion_holds(leaf_hash(shown.entry), proof.index, report.head.size, proof.path,
                       report.head.root)) {
    fail(ErrorKind::bad_input,
         "{} does not hold: the log '{}' has no such entry at {}, or the proof is damaged.", what,
         report.head.origin, proof.index);
  }
  report.index = proof.index;
  report.entry_sha256 = sha256(std::as_bytes(std::span(shown.entry)));
  if (!request.entry.empty()) return;
  report.shown = open(shown.entry, shown.disclosures, what);
  report.fields = count_fields(shown.entry, what);
}

void verify_growth(const VerifyLedgerRequest& request, const std::string& text,
                   const TrustPolicy& policy, VerifyLedgerReport& report) {
  const std::string what = request.input.string();
  report.kind = "growth";
  const GrowthProof growth = parse_growth_proof(text, what);
  take(policy.trusted(growth.checkpoint, what), report);
  const auto old = older(request, report);
  if (!old) {
    fail(ErrorKind::invalid_argument,
         "{} proves that a log grew; name the older checkpoint, of {} entries, by --since.", what,
         growth.old_size);
  }
  if (old->size != growth.old_size) {
    fail(ErrorKind::bad_input, "{} begins at {} entries, and {} has {}; make one with --old {}.",
         what, growth.old_size, request.since.string(), old->size, old->size);
  }
  check_growth(growth.proof, *old, what, report);
}

void verify_log(const VerifyLedgerRequest& request, const TrustPolicy& policy,
                VerifyLedgerReport& report) {
  report.kind = "log";
  const LogFolder log = log_in(request.input);
  const GrowthProof whole = growth_of(log, 0);
  const std::string what = (log.path() / "checkpoint").string();
  take(policy.trusted(whole.checkpoint, what), report);
  if (const auto old = older(request, report))
    check_growth(growth_of(log, old->size).proof, *old, log.path().string(), report);
  audit(log, report.head);
}

}  // namespace

const OptionTable<TrustOptions>& trust_option_table() {
  using O = TrustOptions;
  static const OptionTable<O> table{
      {&O::quorum,
       {"quorum",
        "Trust",
        "how many of the witnesses must have cosigned",
        "witnesses",
        0,
        100,
        {},
        {}}},
  };
  return table;
}

VerifyLedgerReport verify_ledger(const VerifyLedgerRequest& request) {
  const TrustPolicy policy = policy_of(request);
  VerifyLedgerReport report;
  std::error_code error;
  if (fs::is_directory(request.input, error)) {
    verify_log(request, policy, report);
    return report;
  }
  const std::string text = read_file(request.input, max_proof_bytes);
  if (text.starts_with(proof_file_title)) {
    verify_proof(request, text, policy, report);
  } else if (text.starts_with(growth_proof_title)) {
    verify_growth(request, text, policy, report);
  } else {
    report.kind = "checkpoint";
    take(policy.trusted(text, request.input.string()), report);
    if (const auto old = older(request, report)) {
      if (old->size != report.head.size) {
        fail(ErrorKind::invalid_argument,
             "two checkpoints alone do not show that the log only grew; bring a proof of that "
             "(`atelier "
             "ledger grow --old {}`), or the log.",
             old->size);
      }
      check_growth({}, *old, request.input.string(), report);
    }
  }
  return report;
}

}  // namespace atelier::jobs
