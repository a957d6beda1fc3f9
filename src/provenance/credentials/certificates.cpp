// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/certificates.hpp"

#include <fmt/chrono.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "provenance/credentials/purposes.hpp"
#include "provenance/credentials/x509.hpp"

namespace atelier::provenance {
namespace {

bool has_a_purpose(X509* certificate) {
  using Purposes = std::unique_ptr<EXTENDED_KEY_USAGE, Freed<EXTENDED_KEY_USAGE_free>>;
  const Purposes purposes(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  for (int i = 0; purposes && i < sk_ASN1_OBJECT_num(purposes.get()); ++i) {
    std::array<char, 80> text{};
    OBJ_obj2txt(text.data(), text.size(), sk_ASN1_OBJECT_value(purposes.get(), i), 1);
    for (const std::string_view purpose : claim_purposes) {
      if (purpose == text.data()) return true;
    }
  }
  return false;
}

bool can_sign_claims(X509* certificate) {
  return !is_authority(certificate) && has_a_purpose(certificate) &&
         (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 &&
         (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0;
}

bool vouches_for(X509* issuer, X509* subject) {
  const bool holds = X509_check_issued(issuer, subject) == X509_V_OK &&
                     X509_verify(subject, X509_get0_pubkey(issuer)) == 1;
  ERR_clear_error();
  return holds;
}

std::int64_t seconds_of(const ASN1_TIME* time) {
  tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? timegm(&parts) : 0;
}

std::string day_of(std::int64_t time) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(time)));
}

}  // namespace

CertificateChain CertificateChain::from_pem(std::string_view pem, std::string_view what) {
  std::vector<SharedCertificate> found = certificates_in(pem, max_chain, what);
  if (!can_sign_claims(found.front().get())) {
    fail(
        ErrorKind::bad_input,
        "the first certificate of {} is not for signing content credentials; bring the one of your "
        "key first, for digital signatures and document signing, e-mail protection or C2PA claims.",
        what);
  }
  for (std::size_t i = 0; i + 1 < found.size(); ++i) {
    if (vouches_for(found[i + 1].get(), found[i].get())) continue;
    fail(ErrorKind::bad_input,
         "certificate {} of {} was not signed by the next; bring that of the key first and behind "
         "each the one that vouches for it.",
         i + 1, what);
  }
  return CertificateChain(std::move(found));
}

std::string CertificateChain::to_pem() const {
  std::string pem;
  for (const SharedCertificate& certificate : certificates_) pem += pem_of(certificate.get());
  return pem;
}

std::string CertificateChain::signing_pem() const {
  std::string pem;
  for (const SharedCertificate& certificate : certificates_) {
    if (certificate == certificates_.front() || !is_self_signed(certificate.get()))
      pem += pem_of(certificate.get());
  }
  return pem;
}

std::string CertificateChain::anchor_pem() const {
  return pem_of(certificates_.back().get());
}

Subject CertificateChain::subject() const {
  const X509_NAME* name = X509_get_subject_name(certificates_.front().get());
  return {entry_of(name, NID_commonName), entry_of(name, NID_organizationName)};
}

std::string CertificateChain::issuer() const {
  return entry_of(X509_get_issuer_name(certificates_.front().get()), NID_commonName);
}

std::int64_t CertificateChain::not_before() const {
  return seconds_of(X509_get0_notBefore(certificates_.front().get()));
}

std::int64_t CertificateChain::not_after() const {
  return seconds_of(X509_get0_notAfter(certificates_.front().get()));
}

std::string CertificateChain::fingerprint() const {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificates_.front().get(), &der);
  if (size <= 0) fail(ErrorKind::internal, "OpenSSL does not write a certificate.");
  std::string digest = sha256(std::as_bytes(std::span(der, static_cast<std::size_t>(size))));
  OPENSSL_free(der);
  return digest;
}

void CertificateChain::check_key(const PublicKey& key, std::string_view name) const {
  if (EVP_PKEY_eq(X509_get0_pubkey(certificates_.front().get()), key.handle()) == 1) return;
  ERR_clear_error();
  fail(ErrorKind::bad_input,
       "the first certificate is of another key than that of the identity {}; bring the "
       "certificates that were made for it.",
       name);
}

void CertificateChain::check_time(std::int64_t now, std::string_view name) const {
  if (now >= not_before() && now <= not_after()) return;
  fail(ErrorKind::bad_input,
       "the certificate of {} holds from {} to {}, and it is {} now; make or bring another with "
       "`atelier identity certify`.",
       name, day_of(not_before()), day_of(not_after()), day_of(now));
}

TrustList read_trust_list(const std::filesystem::path& file) {
  constexpr std::size_t most = 1000;
  TrustList list;
  for (const SharedCertificate& certificate : certificates_in(
           read_file(file, most * max_certificates_bytes / max_chain), most, file.string())) {
    (is_authority(certificate.get()) ? list.anchors : list.allowed) += pem_of(certificate.get());
  }
  return list;
}

}  // namespace atelier::provenance
