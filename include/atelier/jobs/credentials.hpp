// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/jobs/identity.hpp"
#include "atelier/provenance/verification.hpp"

/// Content credentials of works: docs/credentials.md says what they tell, docs/rights.md what they
/// prove.
namespace atelier::jobs {

/// What a signer says besides what the recipe tells. Ranges and help stand in
/// statement_option_table().
struct StatementOptions {
  std::string author, licence, title;
  std::string source_type = "recipe";
  bool no_training = false;  ///< a flag of the command line, in no table
  bool mark = false;  ///< the same: add an invisible mark, and keep the work in the user's store
};
[[nodiscard]] const OptionTable<StatementOptions>& statement_option_table();

struct SignReport {
  std::filesystem::path output;  ///< the signed file, or the credential beside it
  bool beside = false;
  std::string identity, signer;              ///< signer: as the certificate names it
  std::vector<std::string> deeds;            ///< what was said that was done
  std::size_t ingredients = 0, at_hand = 0;  ///< named; of these read, with their credentials
  bool marked = false;
};
[[nodiscard]] nlohmann::json to_json(const SignReport& report);

/// An identity that is unlocked, to sign works with.
class Signer {
 public:
  /// Throws Error missing_weights when the C2PA library is not here, bad_input when there is no
  /// such identity, it has no certificate that holds now, or the passphrase is wrong. The
  /// passphrase is asked for when all else is well.
  Signer(const std::string& identity, const StatementOptions& options,
         const AskPassphrase& passphrase);
  ~Signer();
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  /// Signs `file` to `output` (provenance::sign_file()). What is said of it comes from the recipe
  /// in the file: that it was computed, how, and from which works. A file that has a credential
  /// already or no recipe is told to have been opened, and its credential goes along; --source-type
  /// says how a file without recipe was made. `at_hand`: works that it may have been made from, by
  /// whose digests the recipe's are found; those at their recorded places are found without.
  [[nodiscard]] SignReport sign(const std::filesystem::path& file,
                                const std::filesystem::path& output,
                                const std::vector<std::filesystem::path>& at_hand) const;

  /// Signs what a command has just written, in its place, or beside it where its kind holds no
  /// credential.
  [[nodiscard]] SignReport sign_output(const std::filesystem::path& file,
                                       const std::vector<std::filesystem::path>& at_hand) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

struct VerifyRequest {
  std::filesystem::path file;
  std::optional<std::filesystem::path> sidecar;  ///< instead of the one inside or beside
  std::filesystem::path trust;                   ///< PEM of those who are trusted; empty: nobody
};

/// A marked work of the user's own store that a file seems to be a copy of.
struct KnownWork {
  bool by_mark = false;  ///< its mark was read; else its fingerprint is near
  double chance = 1;     ///< of as much evidence in a picture that has nothing to do with it
  int distance = 0;      ///< bits between the fingerprints, of 64
  std::string original;  ///< SHA-256 of the signed file
  provenance::Verification said;  ///< what its credential says; of the file it does not hold
};

struct VerifyReport {
  std::filesystem::path file;
  provenance::Verification found;
  bool asked_for_trust = false;
  std::vector<KnownWork> known = {};  ///< looked for where no credential holds; the surest first
};
[[nodiscard]] nlohmann::json to_json(const VerifyReport& report);

/// A picture without a credential that holds is looked for among the user's marked works.
///
/// Throws Error missing_weights when the C2PA library is not here; bad_input as
/// provenance::verify_file(), read_trust_list() and provenance::MarkStore.
[[nodiscard]] VerifyReport verify(const VerifyRequest& request);

/// 0: it holds, and when a trust list was given the signer is on it; 4: something of it does not
/// hold; 5: there is no credential; 6: it holds, and the signer is not on the list.
[[nodiscard]] int exit_code(const VerifyReport& report);

}  // namespace atelier::jobs
