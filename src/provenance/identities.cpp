// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/identities.hpp"

#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "provenance/durable_files.hpp"
#include "provenance/private_file.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_key_bytes = 65'536;
constexpr std::size_t longest_name = 64;

bool is_name(std::string_view name) {
  constexpr std::string_view alone =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const auto fits = [&](char c) {
    return alone.find(c) != alone.npos || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= longest_name && alone.find(name[0]) != alone.npos &&
         std::all_of(name.begin(), name.end(), fits);
}

void check_name(std::string_view name) {
  if (is_name(name)) return;
  fail(ErrorKind::invalid_argument,
       "'{}' cannot name an identity; use 1..{} of a-z, A-Z, 0-9, '.', '_' and '-', first a letter "
       "or digit.",
       name.substr(0, 200), longest_name);
}

}  // namespace

fs::path identities_dir() {
  return data_dir() / "identities";
}

Identities::Identities(fs::path folder) : folder_(std::move(folder)) {}

fs::path Identities::file_of(std::string_view name) const {
  check_name(name);
  return folder_ / (std::string(name) + ".pem");
}

void Identities::check_new(std::string_view name) const {
  std::error_code error;
  if (fs::exists(file_of(name), error)) {
    fail(ErrorKind::invalid_argument,
         "there is an identity {} already, and keys are not replaced; choose another name.", name);
  }
}

void Identities::add(std::string_view name, const SigningKey& key, const Secret& passphrase) const {
  check_new(name);
  make_durable_folder(folder_, 0700);
  check_private_folder(folder_);
  write_private_file(file_of(name), key.to_pem(passphrase) + key.public_key().to_pem());
}

std::vector<std::string> Identities::names() const {
  std::vector<std::string> names;
  std::error_code error;
  if (!fs::is_directory(folder_, error)) return names;
  check_private_folder(folder_);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() == ".pem" && is_name(stem)) names.push_back(stem);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Secret Identities::content_of(std::string_view name) const {
  const fs::path file = file_of(name);
  std::error_code error;
  if (!fs::exists(file, error)) {
    fail(ErrorKind::bad_input,
         "there is no identity {}; make it with `atelier identity create {}`, or see those there "
         "are "
         "with `atelier identity show`.",
         name, name);
  }
  check_private_folder(folder_);
  return read_private_file(file, max_key_bytes);
}

PublicKey Identities::public_key(std::string_view name) const {
  const Secret content = content_of(name);
  return PublicKey::from_pem(content.view(), file_of(name).string());
}

SigningKey Identities::unlock(std::string_view name,
                              const std::function<Secret()>& passphrase) const {
  const Secret content = content_of(name);
  const std::string what = file_of(name).string();
  const PublicKey shown = PublicKey::from_pem(content.view(), what);
  SigningKey key = SigningKey::from_pem(content.view(), passphrase, what);
  if (!(key.public_key() == shown)) {
    fail(ErrorKind::bad_input,
         "{} is damaged: its public key is not that of its private key; bring back a copy of it.",
         what);
  }
  return key;
}

fs::path Identities::certificates_of(std::string_view name) const {
  return fs::path(file_of(name)).replace_extension(".crt");
}

bool Identities::has_certificates(std::string_view name) const {
  std::error_code error;
  return fs::exists(certificates_of(name), error);
}

CertificateChain Identities::certificates(std::string_view name) const {
  const PublicKey key = public_key(name);
  if (!has_certificates(name)) {
    fail(
        ErrorKind::bad_input,
        "the identity {} has no certificate yet, which tells others whose key it is; make one with "
        "`atelier identity certify {}`.",
        name, name);
  }
  const fs::path file = certificates_of(name);
  CertificateChain chain =
      CertificateChain::from_pem(read_file(file, max_certificates_bytes), file.string());
  chain.check_key(key, name);
  return chain;
}

void Identities::keep_certificates(std::string_view name, const CertificateChain& chain) const {
  chain.check_key(public_key(name), name);
  write_file(certificates_of(name), chain.to_pem());
}

SigningKey read_key_file(const fs::path& file, const std::function<Secret()>& passphrase) {
  const Secret content = read_private_file(file, max_key_bytes);
  return SigningKey::from_pem(content.view(), passphrase, file.string());
}

}  // namespace atelier::provenance
