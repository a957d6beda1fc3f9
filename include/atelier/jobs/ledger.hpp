// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/jobs/identity.hpp"
#include "atelier/provenance/checkpoint.hpp"
#include "atelier/provenance/event.hpp"
#include "atelier/provenance/verifier_key.hpp"

/// Ledgers of events: one request each of what is done with them; docs/ledger.md says what it is
/// all for, and include/atelier/provenance/ledger.hpp how one lies on disk.
namespace atelier::jobs {

/// A ledger, as far as it is public.
struct LedgerReport {
  std::filesystem::path folder;
  std::string identity, key;                       ///< whose, and by what it is checked
  provenance::TreeHead head;                       ///< of all that was appended
  std::optional<provenance::TreeHead> checkpoint;  ///< what was signed last
  std::size_t cosignatures = 0;                    ///< on it, not checked
};
[[nodiscard]] nlohmann::json to_json(const LedgerReport& report);

/// Makes an empty ledger of an identity. Throws Error bad_input for an identity that is not there
/// or has no Ed25519 key; invalid_argument for an origin that is none and a folder that is not
/// empty; io.
[[nodiscard]] LedgerReport init_ledger(const std::filesystem::path& folder,
                                       const std::string& identity, const std::string& origin);

[[nodiscard]] LedgerReport show_ledger(const std::filesystem::path& folder);

/// How events are appended. Ranges and help stand in append_option_table().
struct AppendOptions {
  int batch = 5000;
};
[[nodiscard]] const OptionTable<AppendOptions>& append_option_table();

struct AppendRequest {
  std::filesystem::path folder;
  std::vector<std::string> sources;  ///< files, or "-" for standard input
  AppendOptions options;
};

struct AppendReport {
  std::filesystem::path folder;
  std::uint64_t first = 0, count = 0;  ///< indices of what was added
  provenance::TreeHead head;
  double seconds = 0;
};
[[nodiscard]] nlohmann::json to_json(const AppendReport& report);

/// Seals events and appends them in batches, each of which is on disk before the next. Events are
/// JSON objects: one a line, one in a file, or an array. Throws Error bad_input for what is no
/// event, which names the place and tells how many events before it were appended; cancelled
/// likewise; io.
[[nodiscard]] AppendReport append_events(const AppendRequest& request,
                                         const OnProgress& on_progress = {},
                                         std::stop_token stop = {});

/// Signs all that was appended. Throws Error bad_input for a wrong passphrase or a log that was
/// changed; io.
[[nodiscard]] LedgerReport sign_ledger(const std::filesystem::path& folder,
                                       const AskPassphrase& passphrase);

/// Proves that an entry stands in the signed ledger.
struct ProveRequest {
  std::filesystem::path folder;
  std::uint64_t index = 0;
  std::vector<std::string> show;  ///< names of fields; "all": every one
  std::filesystem::path output;
};

struct ProveReport {
  std::filesystem::path output;
  std::uint64_t index = 0;
  provenance::TreeHead head;
  std::vector<provenance::Field> shown;
  std::size_t fields = 0;  ///< that the entry has
  double seconds = 0;      ///< for reading, proving and checking, without writing
};
[[nodiscard]] nlohmann::json to_json(const ProveReport& report);

/// Writes a C2SP tlog-proof file with the entry and what is shown of it, checked before it is
/// written. Throws Error bad_input for an index that is not signed yet, a field that the entry has
/// not, and a damaged ledger; io.
[[nodiscard]] ProveReport prove_entry(const ProveRequest& request);

/// Writes a proof that the log only grew since it had `old_size` entries, as C2SP tlog-witness
/// takes it. `log`: a ledger, or a folder with a log as it is served. Throws Error bad_input, io.
struct GrowReport {
  std::filesystem::path output;
  std::uint64_t old_size = 0;
  provenance::TreeHead head;
};
[[nodiscard]] nlohmann::json to_json(const GrowReport& report);
[[nodiscard]] GrowReport prove_growth(const std::filesystem::path& log, std::uint64_t old_size,
                                      const std::filesystem::path& output);

/// A witness looks at a log of somebody else's.
struct WitnessRequest {
  std::filesystem::path source;  ///< a growth proof, a ledger, or a folder with a served log
  std::string identity;          ///< of the witness
  std::string as;                ///< the name that the cosignature carries; empty: the identity's
  std::string log_key;           ///< of a log that is new to the witness; empty: it is known
  std::filesystem::path output;  ///< gets the cosignature; empty: the report alone has it
};

struct WitnessReport {
  provenance::TreeHead head;
  std::uint64_t old_size = 0;
  std::string cosignature;  ///< a signature line
  std::string witness_key;  ///< by what it is checked
  std::uint64_t time = 0;   ///< seconds since 1970
};
[[nodiscard]] nlohmann::json to_json(const WitnessReport& report);

/// Cosigns when the log began with all that this identity saw before; remembers it in
/// data_dir()/witness/IDENTITY. Throws Error bad_input as provenance::Witness::cosign(), io.
[[nodiscard]] WitnessReport witness_log(const WitnessRequest& request,
                                        const AskPassphrase& passphrase);

/// Adds cosignatures of these witnesses to a ledger's checkpoint. Throws Error bad_input, io.
[[nodiscard]] LedgerReport add_cosignatures(const std::filesystem::path& folder,
                                            const std::filesystem::path& cosignatures,
                                            const std::vector<std::string>& witnesses);

/// Whose word counts when something is verified. Ranges and help stand in trust_option_table().
struct TrustOptions {
  int quorum = 0;
};
[[nodiscard]] const OptionTable<TrustOptions>& trust_option_table();

struct VerifyLedgerRequest {
  std::filesystem::path input;  ///< a proof, a growth proof, a checkpoint, or a folder with a log
  std::vector<std::string> keys, witnesses;  ///< verifier keys
  std::filesystem::path policy;              ///< a C2SP tlog-policy file instead of them
  std::filesystem::path since;  ///< an older checkpoint that the log must begin with; empty: none
  std::filesystem::path entry;  ///< the entry of a proof that does not carry it; empty: it does
  TrustOptions options;
};

struct VerifyLedgerReport {
  std::string kind;  ///< "proof", "growth", "checkpoint" or "log"
  provenance::TreeHead head;
  provenance::VerifierKey log;
  std::vector<provenance::VerifiedSignature> cosignatures;
  std::optional<std::uint64_t> index;       ///< of a proof
  std::optional<std::string> entry_sha256;  ///< of a proof
  std::optional<std::size_t> fields;        ///< of a proof's entry, when it is a sealed event
  std::vector<provenance::Field> shown;     ///< of them
  std::optional<std::uint64_t> grown_from;  ///< of a growth proof, or with `since`
};
[[nodiscard]] nlohmann::json to_json(const VerifyLedgerReport& report);

/// Checks offline, without any key of one's own. Throws Error bad_input, one sentence, for whatever
/// does not hold: then nothing in the input may be believed. Throws Error invalid_argument when
/// nobody is named whose word counts.
[[nodiscard]] VerifyLedgerReport verify_ledger(const VerifyLedgerRequest& request);

}  // namespace atelier::jobs
