// SPDX-License-Identifier: Apache-2.0
#include "provenance/private_pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <array>
#include <cstdint>

#include "atelier/base/error.hpp"
#include "provenance/openssl_handles.hpp"
#include "provenance/pem_block.hpp"
#include "provenance/random_bytes.hpp"

namespace atelier::provenance {
namespace {

// What OWASP's cheat sheet on storing passwords names beside N 2^17, r 8, p 1, in the 32 MB that
// OpenSSL allows.
constexpr std::uint64_t scrypt_n = 1U << 14, scrypt_r = 8, scrypt_p = 5;
constexpr std::size_t salt_bytes = 16;

// The most work that a file may ask for: minutes of it would be an attack.
constexpr std::uint64_t max_scrypt_work = scrypt_n * scrypt_r * scrypt_p * 16;
constexpr std::uint64_t max_pbkdf2_iterations = 10'000'000;

[[noreturn]] void fail_no_key(std::string_view what) {
  fail(ErrorKind::bad_input,
       "{} holds no private key in PKCS #8 form, or a damaged one; bring a whole copy, or convert "
       "another form with `openssl pkcs8 -topk8`.",
       what);
}

std::uint64_t number(const ASN1_INTEGER* value) {
  std::uint64_t result = 0;
  return value && ASN1_INTEGER_get_uint64(&result, value) == 1 ? result : UINT64_MAX;
}

bool within(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t most) {
  return a <= most && b <= most / a && c <= most / (a * b);
}

template <class T>
using Unpacked = std::unique_ptr<T, void (*)(T*)>;

/// Whether a PBES2 encryption asks for no more work than is allowed. False for other encryptions.
bool is_modest(const X509_SIG* sealed) {
  const X509_ALGOR* algorithm = nullptr;
  X509_SIG_get0(sealed, &algorithm, nullptr);
  if (!algorithm || OBJ_obj2nid(algorithm->algorithm) != NID_pbes2) return false;
  const Unpacked<PBE2PARAM> pbe(static_cast<PBE2PARAM*>(ASN1_TYPE_unpack_sequence(
                                    ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter)),
                                PBE2PARAM_free);
  if (!pbe || !pbe->keyfunc) return false;
  const int function = OBJ_obj2nid(pbe->keyfunc->algorithm);
  if (function == NID_id_pbkdf2) {
    const Unpacked<PBKDF2PARAM> work(static_cast<PBKDF2PARAM*>(ASN1_TYPE_unpack_sequence(
                                         ASN1_ITEM_rptr(PBKDF2PARAM), pbe->keyfunc->parameter)),
                                     PBKDF2PARAM_free);
    return work && number(work->iter) <= max_pbkdf2_iterations;
  }
  if (function != NID_id_scrypt) return false;
  const Unpacked<SCRYPT_PARAMS> work(static_cast<SCRYPT_PARAMS*>(ASN1_TYPE_unpack_sequence(
                                         ASN1_ITEM_rptr(SCRYPT_PARAMS), pbe->keyfunc->parameter)),
                                     SCRYPT_PARAMS_free);
  if (!work) return false;
  const std::uint64_t n = number(work->costParameter), r = number(work->blockSize),
                      p = number(work->parallelizationParameter);
  return n > 0 && r > 0 && p > 0 && within(n, r, p, max_scrypt_work);
}

PlainKeyInfo decrypted(const PemBlock& block, const std::function<Secret()>& ask,
                       std::string_view what) {
  const unsigned char* data = block.data();
  const SealedKeyInfo sealed(d2i_X509_SIG(nullptr, &data, block.size()));
  if (!sealed || data != block.data() + block.size()) fail_no_key(what);
  if (!is_modest(sealed.get())) {
    fail(ErrorKind::bad_input,
         "{} is encrypted in a way that is not used here; encrypt it anew with `openssl pkcs8 "
         "-topk8 -scrypt`.",
         what);
  }
  const Secret passphrase = ask();
  PlainKeyInfo plain(PKCS8_decrypt(sealed.get(), passphrase.view().data(),
                                   static_cast<int>(passphrase.view().size())));
  if (!plain) {
    fail(ErrorKind::bad_input, "the passphrase of {} is wrong, or the file is damaged.", what);
  }
  return plain;
}

PlainKeyInfo plain_info(const PemBlock& block, std::string_view what) {
  const unsigned char* data = block.data();
  PlainKeyInfo plain(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &data, block.size()));
  if (!plain) fail_no_key(what);
  return plain;
}

}  // namespace

std::shared_ptr<EVP_PKEY> read_private_pem(std::string_view pem,
                                           const std::function<Secret()>& passphrase,
                                           std::string_view what) {
  const auto block = PemBlock::find(pem, {PEM_STRING_PKCS8, PEM_STRING_PKCS8INF});
  if (!block) fail_no_key(what);
  const PlainKeyInfo plain =
      block->is(PEM_STRING_PKCS8) ? decrypted(*block, passphrase, what) : plain_info(*block, what);
  std::shared_ptr<EVP_PKEY> key(EVP_PKCS82PKEY(plain.get()), EVP_PKEY_free);
  ERR_clear_error();
  if (!key) fail_no_key(what);
  (void)kind_of(key.get(), what);
  return key;
}

std::string write_private_pem(const EVP_PKEY* key, const Secret& passphrase) {
  const PlainKeyInfo plain(EVP_PKEY2PKCS8(key));
  std::string salt = random_bytes(salt_bytes);
  Algorithm algorithm(
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), reinterpret_cast<unsigned char*>(salt.data()),
                            static_cast<int>(salt.size()), nullptr, scrypt_n, scrypt_r, scrypt_p));
  const Bio bio(BIO_new(BIO_s_mem()));
  if (plain && algorithm) {
    // Takes the algorithm over when it succeeds.
    const SealedKeyInfo sealed(PKCS8_set0_pbe(passphrase.view().data(),
                                              static_cast<int>(passphrase.view().size()),
                                              plain.get(), algorithm.get()));
    if (sealed) (void)algorithm.release();
    if (sealed && PEM_write_bio_PKCS8(bio.get(), sealed.get()) == 1) return text_of(bio.get());
  }
  fail(ErrorKind::internal, "OpenSSL does not encrypt a key.");
}

}  // namespace atelier::provenance
