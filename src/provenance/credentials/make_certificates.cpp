// SPDX-License-Identifier: Apache-2.0
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <string>

#include "atelier/base/error.hpp"
#include "provenance/credentials/purposes.hpp"
#include "provenance/credentials/x509.hpp"
#include "provenance/random_bytes.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t serial_bytes = 16;
constexpr long version_3 = 2;
constexpr long seconds_a_day = 86'400;

[[noreturn]] void fail_openssl() {
  ERR_clear_error();
  fail(ErrorKind::internal, "OpenSSL does not make a certificate.");
}

void must(bool done) {
  if (!done) fail_openssl();
}

/// Positive, at most 20 bytes, unguessable (RFC 5280, section 4.1.2.2; CA/B Forum baseline).
void set_serial(X509* certificate) {
  std::string bytes = random_bytes(serial_bytes);
  bytes[0] = static_cast<char>((bytes[0] & 0x7F) | 0x40);
  BIGNUM* number = BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr);
  must(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr);
  BN_free(number);
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  const bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  must(added);
}

/// Everything but extensions and signature.
Certificate blank(EVP_PKEY* key, const X509_NAME* subject, const X509_NAME* issuer, int days,
                  std::int64_t now) {
  Certificate certificate(X509_new());
  set_serial(certificate.get());
  must(X509_set_version(certificate.get(), version_3) == 1 &&
       X509_set_subject_name(certificate.get(), subject) == 1 &&
       X509_set_issuer_name(certificate.get(), issuer) == 1 &&
       X509_set_pubkey(certificate.get(), key) == 1 &&
       ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now) != nullptr &&
       ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now + days * seconds_a_day) != nullptr);
  return certificate;
}

/// Ed25519 has its own digest.
const EVP_MD* digest_for(KeyAlgorithm algorithm) {
  return algorithm == KeyAlgorithm::ed25519 ? nullptr : EVP_sha256();
}

}  // namespace

CertificateChain make_home_chain(const PublicKey& key, const Subject& subject, int days,
                                 std::int64_t now) {
  if (days < 1 || days > max_certificate_days) {
    fail(ErrorKind::invalid_argument, "a certificate holds for 1..{} days, not {}.",
         max_certificate_days, days);
  }
  const Name name = name_of(subject);
  const SigningKey forgotten = SigningKey::generate(key.algorithm());
  // No two roots have the same name, since verifiers look them up by it.
  const Name root_name =
      name_of({"home root " + forgotten.public_key().fingerprint().substr(0, 16), subject.name});
  const EVP_MD* digest = digest_for(key.algorithm());

  const SharedCertificate root(
      blank(forgotten.handle(), root_name.get(), root_name.get(), days, now).release(), X509_free);
  add_extension(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(root.get(), root.get(), NID_key_usage, "critical,keyCertSign");
  add_extension(root.get(), root.get(), NID_subject_key_identifier, "hash");
  must(X509_sign(root.get(), forgotten.handle(), digest) > 0);

  const SharedCertificate own(blank(key.handle(), name.get(), root_name.get(), days, now).release(),
                              X509_free);
  add_extension(own.get(), root.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(own.get(), root.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(own.get(), root.get(), NID_ext_key_usage, std::string(home_purposes));
  add_extension(own.get(), root.get(), NID_subject_key_identifier, "hash");
  add_extension(own.get(), root.get(), NID_authority_key_identifier, "keyid:always");
  must(X509_sign(own.get(), forgotten.handle(), digest) > 0);
  return CertificateChain({own, root});
}

std::string certificate_request(const SigningKey& key, const Subject& subject) {
  const Name name = name_of(subject);
  const CertificateRequest request(X509_REQ_new());
  must(X509_REQ_set_version(request.get(), 0) == 1 &&
       X509_REQ_set_subject_name(request.get(), name.get()) == 1 &&
       X509_REQ_set_pubkey(request.get(), key.handle()) == 1 &&
       X509_REQ_sign(request.get(), key.handle(), digest_for(key.algorithm())) > 0);
  const Bio bio(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509_REQ(bio.get(), request.get()) == 1);
  return text_of(bio.get());
}

}  // namespace atelier::provenance
