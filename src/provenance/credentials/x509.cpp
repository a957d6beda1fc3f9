// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/x509.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "atelier/base/error.hpp"
#include "provenance/credentials/plain_text.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t longest_entry = 64;  // RFC 5280, upper bounds ub-common-name and others

void add_entry(X509_NAME* name, int nid, const std::string& text, const char* what) {
  if (!is_plain_line(text, longest_entry) ||
      X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, octets(text),
                                 static_cast<int>(text.size()), -1, 0) != 1) {
    ERR_clear_error();
    fail(ErrorKind::invalid_argument,
         "the {} of a certificate must have 1..{} characters of UTF-8 and no control character.",
         what, longest_entry);
  }
}

}  // namespace

std::vector<SharedCertificate> certificates_in(std::string_view pem, std::size_t most,
                                               std::string_view what) {
  std::vector<SharedCertificate> found;
  const Bio bio = bio_of(pem);
  for (;;) {
    char *label = nullptr, *header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    if (PEM_read_bio(bio.get(), &label, &header, &data, &size) != 1) break;
    const bool wanted = std::string_view(label) == PEM_STRING_X509;
    const unsigned char* at = data;
    SharedCertificate certificate(wanted ? d2i_X509(nullptr, &at, size) : nullptr, X509_free);
    const bool whole = certificate && at == data + size;
    OPENSSL_free(label);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    if (!wanted) continue;
    ERR_clear_error();
    if (!whole) {
      fail(ErrorKind::bad_input, "certificate {} of {} is damaged; bring a whole copy.",
           found.size() + 1, what);
    }
    found.push_back(std::move(certificate));
    if (found.size() > most) {
      fail(ErrorKind::bad_input, "{} holds more than {} certificates; is it the right file?", what,
           most);
    }
  }
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  if (ERR_GET_REASON(error) != PEM_R_NO_START_LINE && error != 0)
    fail(ErrorKind::bad_input, "{} is damaged: it is no PEM text; bring a whole copy.", what);
  if (found.empty()) {
    fail(ErrorKind::bad_input, "{} holds no certificate in PEM form (BEGIN CERTIFICATE).", what);
  }
  return found;
}

std::string pem_of(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(bio.get(), certificate) != 1)
    fail(ErrorKind::internal, "OpenSSL does not write a certificate.");
  return text_of(bio.get());
}

bool is_authority(X509* certificate) {
  return X509_check_ca(certificate) == 1;
}

bool is_self_signed(X509* certificate) {
  return X509_self_signed(certificate, 1) == 1;
}

Name name_of(const Subject& subject) {
  Name name(X509_NAME_new());
  if (!subject.organization.empty()) {
    add_entry(name.get(), NID_organizationName, subject.organization, "organization");
  }
  add_entry(name.get(), NID_commonName, subject.name, "name");
  return name;
}

std::string entry_of(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) {
    ERR_clear_error();
    return {};
  }
  std::string entry(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return entry;
}

}  // namespace atelier::provenance
