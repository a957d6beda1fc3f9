// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "atelier/provenance/certificates.hpp"
#include "atelier/provenance/credential_library.hpp"

namespace atelier::provenance {

/// Something that does not hold.
struct Finding {
  std::string code;      ///< C2PA's status code: "assertion.dataHash.mismatch"
  std::string part;      ///< what it is about: "the file", "what was done", "ingredient 2", ...
  std::string sentence;  ///< for people
};

/// What a credential says of one work or model that another came from.
struct NamedIngredient {
  std::string title, relation, description;
  bool is_model = false;
  bool has_credential = false;
  std::string signer;                  ///< of its own credential; empty for none
  std::vector<Finding> findings = {};  ///< what did not hold of it when it was taken up
};

struct NamedDeed {
  std::string action, description, source_type;  ///< source_type: SourceType::sentence, or a code
};

/// What was found out about a file. Texts come from the file: they are cut and cleaned for showing,
/// and claimed, not proved.
struct Verification {
  enum class State {
    none,    ///< there is no credential
    broken,  ///< there is one, and something of it does not hold: `findings`
    holds,   ///< file and statements are as they were signed
  };
  State state = State::none;
  std::string media;                 ///< "a PNG picture"
  std::filesystem::path sidecar;     ///< where the credential lies; empty: in the file
  std::string elsewhere;             ///< an address at which the file says that its credential is,
                                     ///< and which is not asked; empty for none
  std::vector<Finding> findings;     ///< why it does not hold
  bool trusted = false;              ///< the signer is on the list of those trusted
  std::string signer, organization;  ///< as the certificate names them
  std::string algorithm, serial;     ///< of the signature; of the certificate
  std::string time;                  ///< of signing as a time authority attests it; empty for none
  std::string told_time;             ///< by the signer's own clock
  std::string program, title, author, licence, licence_page;
  bool no_training = false;
  std::vector<NamedDeed> deeds;
  std::vector<NamedIngredient> ingredients;
  bool has_recipe = false;
};

/// Reads and checks the credential of a file: the one in `sidecar` when that is named, or else the
/// one inside, or else the one beside it (sidecar_of()). Nothing is asked of the network: whether a
/// certificate was revoked is not found out.
///
/// Throws Error bad_input when the file or the sidecar cannot be read, or the file is so damaged
/// that no credential can be looked for.
[[nodiscard]] Verification verify_file(const CredentialLibrary& library,
                                       const std::filesystem::path& file,
                                       const std::optional<std::filesystem::path>& sidecar,
                                       const TrustList& trust);

}  // namespace atelier::provenance
