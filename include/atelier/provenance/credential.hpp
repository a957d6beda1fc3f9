// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/certificates.hpp"
#include "atelier/provenance/credential_library.hpp"
#include "atelier/provenance/signing_key.hpp"

/// Content credentials: signed statements on how a work came about, in its file or beside it.
///
/// Source: C2PA Technical Specification 2.2 (spec.c2pa.org): claims of version 2, actions of
/// version 2, ingredients of version 3; IPTC's vocabulary of digital source types; CAWG's
/// assertions on metadata (1.1) and on training and data mining (1.1).
namespace atelier::provenance {

/// What a work is made of, in IPTC's words (cv.iptc.org/newscodes/digitalsourcetype).
struct SourceType {
  std::string_view word;      ///< ours, for options: "digital-capture"
  std::string_view code;      ///< IPTC's: "digitalCapture"
  std::string_view sentence;  ///< for people
};
[[nodiscard]] const std::vector<SourceType>& source_types();
/// Null when there is none of this word or code.
[[nodiscard]] const SourceType* find_source_type(std::string_view word_or_code);

/// A work or model that another came from.
struct Ingredient {
  /// parent: the work was opened and changed; input: it was looked at, or computed with.
  enum class Relation { parent, input };

  Relation relation = Relation::input;
  std::string title;
  std::string sha256;  ///< of the file, in hexadecimal; empty when not known
  /// Where it lies, so that its own credential is taken over; empty when it is not at hand, or a
  /// model.
  std::filesystem::path file;
  bool is_model = false;
};

/// One thing that was done.
struct Deed {
  std::string action;                    ///< C2PA's: "c2pa.created", "c2pa.opened", ...
  std::string description;               ///< for people; may be empty
  std::string source_type;               ///< SourceType::code, or empty
  std::vector<std::size_t> ingredients;  ///< places in Statement::ingredients
};

/// What a credential says. The one who signs answers for it; nothing of it is checked here.
struct Statement {
  std::string title;
  std::string program_version;
  std::vector<Ingredient> ingredients;
  std::vector<Deed> deeds;   ///< the first is c2pa.created or c2pa.opened
  std::string author;        ///< may be empty
  std::string licence;       ///< an SPDX identifier, an address or any words; may be empty
  bool no_training = false;  ///< not for training models and not for mining
  nlohmann::json recipe;     ///< how it was computed; null for none
  std::int64_t time = 0;     ///< of signing by this machine's clock, seconds since 1970
};

/// Who signs.
struct CredentialSigner {
  const SigningKey& key;
  const CertificateChain& certificates;
};

/// Whether a file is of a kind that can hold its credential itself. Throws Error bad_input when it
/// cannot be read.
[[nodiscard]] bool holds_credential(const CredentialLibrary& library,
                                    const std::filesystem::path& file);

/// Where a credential lies that is not inside its file: the same name with the suffix .c2pa.
[[nodiscard]] std::filesystem::path sidecar_of(const std::filesystem::path& file);

/// Writes `source` with a signed credential inside to `output`, which may be the same file: PNG,
/// JPEG, TIFF, WebP, GIF, SVG, MP4, MOV, AVI, WAV, FLAC and MP3, by content. When `output` has the
/// suffix .c2pa, only the credential is written there, for a file of any kind, which stays as it
/// is.
///
/// Returns the credential's bytes. The output appears whole or not at all. Throws Error
///   bad_input        `source` or an ingredient cannot be read, is damaged, or holds no credential
///   of
///                    its kind (the sentence names the way with a sidecar); certificates that C2PA
///                    does not allow;
///   invalid_argument a text of the statement is no line of UTF-8, or too long;
///   io               the output cannot be written.
std::string sign_file(const CredentialLibrary& library, const std::filesystem::path& source,
                      const std::filesystem::path& output, const Statement& statement,
                      const CredentialSigner& signer);

}  // namespace atelier::provenance
