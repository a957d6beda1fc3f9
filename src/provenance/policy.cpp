// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/policy.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::provenance {
namespace {

bool same_key(const VerifierKey& a, const VerifierKey& b) {
  return a.key == b.key;
}

/// The latest word of each witness.
std::vector<VerifiedSignature> latest(const std::vector<VerifiedSignature>& all) {
  std::vector<VerifiedSignature> result;
  for (const VerifiedSignature& one : all) {
    if (one.key.type != VerifierKey::Type::witness) continue;
    const auto known = std::find_if(result.begin(), result.end(),
                                    [&](const VerifiedSignature& r) { return r.key == one.key; });
    if (known == result.end()) {
      result.push_back(one);
    } else if (known->time < one.time) {
      *known = one;
    }
  }
  return result;
}

}  // namespace

TrustPolicy TrustPolicy::of(const std::vector<VerifierKey>& logs,
                            const std::vector<VerifierKey>& witnesses, std::size_t quorum) {
  TrustPolicy policy;
  for (const VerifierKey& log : logs) policy.add_log(log);
  Party group{.name = "quorum", .witness = {}, .members = {}, .needed = quorum};
  for (const VerifierKey& witness : witnesses) {
    group.members.push_back(policy.parties_.size());
    policy.add_party({.name = witness.name, .witness = witness, .members = {}, .needed = 1});
  }
  if (quorum > witnesses.size()) {
    fail(ErrorKind::invalid_argument,
         "a quorum of {} needs as many witnesses, and {} are named; name more with --witness.",
         quorum, witnesses.size());
  }
  if (quorum > 0) {
    policy.quorum_.push_back(policy.parties_.size());
    policy.parties_.push_back(std::move(group));
  }
  return policy;
}

void TrustPolicy::add_log(const VerifierKey& key) {
  if (key.type != VerifierKey::Type::log) {
    fail(ErrorKind::invalid_argument, "{} is the key of a witness; name a log's.", key.name);
  }
  if (std::any_of(logs_.begin(), logs_.end(), [&](const auto& k) { return same_key(k, key); }))
    fail(ErrorKind::invalid_argument, "the key of the log {} is named twice.", key.name);
  logs_.push_back(key);
}

void TrustPolicy::add_party(Party party) {
  if (party.members.empty()) {
    if (party.witness.type != VerifierKey::Type::witness) {
      fail(ErrorKind::invalid_argument, "{} is the key of a log; name a witness's.",
           party.witness.name);
    }
    const auto twice = [&](const Party& other) {
      return other.members.empty() && same_key(other.witness, party.witness);
    };
    if (std::any_of(parties_.begin(), parties_.end(), twice)) {
      fail(ErrorKind::invalid_argument, "the key of the witness {} is named twice.",
           party.witness.name);
    }
  }
  parties_.push_back(std::move(party));
}

const TrustPolicy::Party* TrustPolicy::find(std::string_view name) const {
  const auto found = std::find_if(parties_.begin(), parties_.end(),
                                  [&](const Party& party) { return party.name == name; });
  return found == parties_.end() ? nullptr : &*found;
}

bool TrustPolicy::has_seen(const Party& party,
                           const std::vector<VerifiedSignature>& cosignatures) const {
  if (party.members.empty()) {
    return std::any_of(
        cosignatures.begin(), cosignatures.end(),
        [&](const VerifiedSignature& signature) { return signature.key == party.witness; });
  }
  const auto seen =
      std::count_if(party.members.begin(), party.members.end(),
                    [&](std::size_t member) { return has_seen(parties_[member], cosignatures); });
  return static_cast<std::size_t>(seen) >= party.needed;
}

TrustedHead TrustPolicy::trusted(std::string_view checkpoint, std::string_view what) const {
  const Note note = parse_note(checkpoint, what);
  std::vector<VerifierKey> keys = logs_;
  for (const Party& party : parties_) {
    if (party.members.empty()) keys.push_back(party.witness);
  }
  const std::vector<VerifiedSignature> signatures = verified_signatures(note, keys, what);
  TrustedHead result{.head = parse_tree_head(note.text, what), .log = {}, .cosignatures = {}};
  const auto by_log = std::find_if(signatures.begin(), signatures.end(), [&](const auto& one) {
    return one.key.type == VerifierKey::Type::log && one.key.name == result.head.origin;
  });
  if (by_log == signatures.end()) {
    fail(ErrorKind::bad_input,
         "{} is not signed by a log that is trusted here; name the key of '{}' with --key if you "
         "have it from its owner.",
         what, result.head.origin.substr(0, 200));
  }
  result.log = by_log->key;
  result.cosignatures = latest(signatures);
  if (!quorum_.empty() && !has_seen(parties_[quorum_.front()], result.cosignatures)) {
    fail(
        ErrorKind::bad_input,
        "{} has not been seen by witnesses enough: {} of those that are trusted cosigned it; bring "
        "one with more cosignatures.",
        what, result.cosignatures.size());
  }
  return result;
}

}  // namespace atelier::provenance
