// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/checkpoint.hpp"
#include "atelier/provenance/verifier_key.hpp"

namespace atelier::provenance {

/// What a checkpoint says, once somebody who is trusted said it.
struct TrustedHead {
  TreeHead head;
  VerifierKey log;                              ///< who signed it
  std::vector<VerifiedSignature> cosignatures;  ///< of known witnesses, the latest of each
};

/// Whose word counts: any of some logs, and witnesses enough to make a quorum.
///
/// Source: C2SP tlog-policy (c2sp.org/tlog-policy).
class TrustPolicy {
 public:
  /// Reads a policy file. Throws Error bad_input which names the line that is none, a key or a name
  /// that comes twice, and a policy without its quorum. Nothing else stands in a file of more than
  /// 1 MB. `what`: its name.
  [[nodiscard]] static TrustPolicy parse(std::string_view text, std::string_view what);

  /// Any of `logs`, with at least `quorum` of `witnesses`. Throws Error invalid_argument for a
  /// quorum of more witnesses than there are, a key of the other type and one that comes twice.
  [[nodiscard]] static TrustPolicy of(const std::vector<VerifierKey>& logs,
                                      const std::vector<VerifierKey>& witnesses,
                                      std::size_t quorum);

  /// Reads a checkpoint and checks its signatures. The origin must be the name of the key that
  /// signed. Throws Error bad_input for what is no checkpoint, one that no log of the policy
  /// signed, a signature of a known key that does not hold, and a quorum that is not met. `what`:
  /// its name.
  [[nodiscard]] TrustedHead trusted(std::string_view checkpoint, std::string_view what) const;

 private:
  /// A witness, or a group of some members, of which `needed` must have cosigned.
  struct Party {
    std::string name;
    VerifierKey witness;               // of one without members
    std::vector<std::size_t> members;  // that stand before it
    std::size_t needed = 0;
  };
  [[nodiscard]] bool has_seen(const Party& party,
                              const std::vector<VerifiedSignature>& cosignatures) const;
  void add_log(const VerifierKey& key);
  void add_party(Party party);
  [[nodiscard]] const Party* find(std::string_view name) const;

  std::vector<VerifierKey> logs_;
  std::vector<Party> parties_;
  std::vector<std::size_t> quorum_;  // none, or the one that must have seen it

  friend class PolicyReader;
};

}  // namespace atelier::provenance
