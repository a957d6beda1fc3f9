// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/certificates.hpp"
#include "atelier/provenance/signing_key.hpp"

namespace atelier::provenance {

/// Where identities lie: data_dir()/identities. Not created.
[[nodiscard]] std::filesystem::path identities_dir();

/// A user's keys, each in a file NAME.pem: the private key, encrypted (SigningKey::to_pem()), and
/// after it the public one, which can be shown without the passphrase. Certificates of a key, when
/// there are some, lie beside it as NAME.crt. The folder has the mode
/// 0700, files 0600; what is open to others, or belongs to others, is refused.
class Identities {
 public:
  explicit Identities(std::filesystem::path folder = identities_dir());

  /// Keeps a key under a name of 1..64 of a-z, A-Z, 0-9, '.', '_' and '-', the first of which is a
  /// letter or digit. Makes the folder. Throws Error invalid_argument for another name or one that
  /// is taken, io when nothing can be written.
  void add(std::string_view name, const SigningKey& key, const Secret& passphrase) const;

  /// Names, ascending; none when there is no folder. Throws Error bad_input when it is open to
  /// others.
  [[nodiscard]] std::vector<std::string> names() const;

  /// Throws Error bad_input when there is no such identity, or its file is damaged or open to
  /// others.
  [[nodiscard]] PublicKey public_key(std::string_view name) const;

  /// The private key. Throws Error bad_input as public_key() and SigningKey::from_pem() do, and
  /// when the two keys of the file do not belong together.
  [[nodiscard]] SigningKey unlock(std::string_view name,
                                  const std::function<Secret()>& passphrase) const;

  [[nodiscard]] std::filesystem::path file_of(std::string_view name) const;

  /// The certificates that tell whose key this is. Throws Error bad_input when there are none, with
  /// the command that makes some, when they are damaged, or when they are of another key.
  [[nodiscard]] CertificateChain certificates(std::string_view name) const;
  [[nodiscard]] bool has_certificates(std::string_view name) const;

  /// Keeps them, in the place of those there were. Throws Error bad_input when they are of another
  /// key than this identity's, io.
  void keep_certificates(std::string_view name, const CertificateChain& chain) const;

  /// Throws Error invalid_argument when an identity cannot have this name, or one has it already.
  void check_new(std::string_view name) const;

 private:
  [[nodiscard]] Secret content_of(std::string_view name) const;
  [[nodiscard]] std::filesystem::path certificates_of(std::string_view name) const;
  std::filesystem::path folder_;
};

/// Private keys as PEM files of other programs, read to be added. They may be plain, but only their
/// owner may be able to read them. Throws Error bad_input as SigningKey::from_pem().
[[nodiscard]] SigningKey read_key_file(const std::filesystem::path& file,
                                       const std::function<Secret()>& passphrase);

/// Throws Error invalid_argument when there is a file of this name.
void check_absent(const std::filesystem::path& file);

/// A file of mode 0600 that did not exist. Throws Error invalid_argument when it does, io when it
/// cannot be written.
void write_private_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace atelier::provenance
