// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/provenance/checkpoint.hpp"
#include "atelier/provenance/proof_file.hpp"
#include "atelier/provenance/signing_key.hpp"

namespace atelier::provenance {

/// A party that watches the logs of others: it remembers the last checkpoint of each that it
/// cosigned, and cosigns another only when that begins with all that it saw before.
///
/// Source: C2SP tlog-witness (c2sp.org/tlog-witness), what add-checkpoint must check, in files
/// instead of HTTP; C2SP tlog-cosignature, cosignature/v1.
class Witness {
 public:
  /// What it remembers lies in `folder`, which cosign() makes. One folder belongs to one key.
  explicit Witness(std::filesystem::path folder);

  struct Seen {
    VerifierKey log;  ///< by which the log's word is taken
    TreeHead head;    ///< the last that was cosigned
  };
  /// Nothing of a log that it has not cosigned. Throws Error bad_input when its memory is damaged.
  [[nodiscard]] std::optional<Seen> seen(std::string_view origin) const;

  /// The origin of a checkpoint whose signatures are not checked yet.
  [[nodiscard]] static std::string origin_of(std::string_view checkpoint, std::string_view what);

  struct Cosigned {
    NoteSignature signature;
    TreeHead head;
    std::uint64_t old_size;
  };
  /// Checks and remembers the checkpoint, and signs it as `name` at `time` (seconds since 1970).
  /// `log`: the key of a log that is new here; of one that is known the same, or nothing. `unlock`
  /// is called when all was found well. `what`: the name of `growth` in messages.
  ///
  /// Throws Error bad_input and remembers nothing new: the log is unknown, or known by another key;
  /// it did not sign; the proof does not begin at what was seen last (the sentence tells where that
  /// is); it does not hold, or there is another root for the same size: the log shows two
  /// histories.
  [[nodiscard]] Cosigned cosign(const GrowthProof& growth, const std::optional<VerifierKey>& log,
                                std::string_view name, const std::function<SigningKey()>& unlock,
                                std::uint64_t time, std::string_view what);

 private:
  [[nodiscard]] std::filesystem::path file_of(std::string_view origin) const;
  std::filesystem::path folder_;
};

}  // namespace atelier::provenance
