// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/signing_key.hpp"

#include <gtest/gtest.h>

#include "base/error_matcher.hpp"
#include "provenance/ed25519.hpp"
#include "provenance/known_keys.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
using namespace test;

struct Rfc8032 {
  const char *seed, *key, *message, *signature;
};

// RFC 8032, section 7.1, TEST 1, 2, 3 and SHA(abc).
constexpr Rfc8032 vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fee"
     "bbd"
     "454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e"
     "030"
     "3dca179c138ac17ad9bef1177331a704"}};

TEST(SigningKey, SignsAsRfc8032) {
  for (const Rfc8032& vector : vectors) {
    const SigningKey key = key_of_seed(bytes_of_hex(vector.seed));
    EXPECT_EQ(key.algorithm(), KeyAlgorithm::ed25519);
    const std::string message = bytes_of_hex(vector.message),
                      signature = bytes_of_hex(vector.signature);
    EXPECT_EQ(key.sign(message), signature);
    EXPECT_TRUE(key.public_key().holds(message, signature));
    const VerifierKey verifier = key.public_key().verifier("x", VerifierKey::Type::log);
    EXPECT_EQ(as_text(verifier.key), bytes_of_hex(vector.key));
    for (std::size_t i = 0; i < signature.size(); ++i) {
      std::string changed = signature;
      changed[i] = static_cast<char>(changed[i] ^ 4);
      EXPECT_FALSE(ed25519_holds(verifier.key, message, changed));
    }
    for (const std::size_t size : {0, 1, 63})
      EXPECT_FALSE(ed25519_holds(verifier.key, message, signature.substr(0, size)));
    EXPECT_FALSE(ed25519_holds(verifier.key, message + "x", signature));
  }
}

TEST(SigningKey, SignsWithBothAlgorithms) {
  for (const KeyAlgorithm algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::es256}) {
    const SigningKey key = SigningKey::generate(algorithm);
    EXPECT_EQ(key.algorithm(), algorithm);
    const PublicKey shown = PublicKey::from_pem(key.public_key().to_pem(), "it");
    EXPECT_TRUE(shown == key.public_key());
    for (int i = 0; i < 20; ++i) {  // r and s of ECDSA are often shorter
      const std::string message = "message " + std::to_string(i), signature = key.sign(message);
      ASSERT_EQ(signature.size(), 64U);
      EXPECT_TRUE(shown.holds(message, signature));
      EXPECT_FALSE(shown.holds(message + ".", signature));
      std::string changed = signature;
      changed[static_cast<std::size_t>(i) * 3] ^= 1;
      EXPECT_FALSE(shown.holds(message, changed));
    }
    EXPECT_FALSE(shown.holds("m", ""));
    EXPECT_FALSE(shown.holds("m", std::string(64, '\0')));
    EXPECT_FALSE(SigningKey::generate(algorithm).public_key() == shown);
  }
  EXPECT_ERROR(
      SigningKey::generate(KeyAlgorithm::es256).public_key().verifier("x", VerifierKey::Type::log),
      bad_input, HasSubstr("sign with Ed25519"));
}

// RFC 7515, appendix A.3: ES256 in JOSE's form of r and s.
TEST(PublicKey, KnowsEs256OfJose) {
  const std::string der =
      bytes_of_hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") +
      from_base64("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", Base64::url).value() +
      from_base64("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", Base64::url).value();
  const PublicKey key = PublicKey::from_pem(
      "-----BEGIN PUBLIC KEY-----\n" + to_base64(der) + "\n-----END PUBLIC KEY-----\n", "it");
  const std::string message =
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS"
      "9pc19yb290Ijp0cnVlfQ";
  const std::string signature =
      from_base64(
          "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
          Base64::url)
          .value();
  EXPECT_TRUE(key.holds(message, signature));
  EXPECT_FALSE(key.holds(message + "A", signature));
}

Secret never() {
  throw std::logic_error("not asked for");
}
std::function<Secret()> says(const char* passphrase) {
  return [passphrase] { return Secret(std::string_view(passphrase)); };
}

// Made by OpenSSL 3.0: `openssl genpkey -algorithm ed25519`, then `openssl pkcs8 -topk8` with
// PBKDF2 and with -scrypt, passphrase "correct horse".
constexpr std::string_view plain_pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIFbaBhx6dbrl5sLnEXTDNHGL0HHJQ35o9/NFyjKSQot6\n"
    "-----END PRIVATE KEY-----\n";
constexpr std::string_view pbkdf2_pem =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjPfCL3c5d0MgICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECVuPa90H87cOH8Dal3yHC4EQKs5\n"
    "g7q+4rgI/r0eXAdR2R/J/Ry0xSUt8ZmmODRxyTkxryDUKKhecn4orAJ6L1TL3jn4\n"
    "Aw+xoRcVVURobdc1Yhk=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
constexpr std::string_view scrypt_pem =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAh8pef3ivyphgICQAAC\n"
    "AQgCAQEwHQYJYIZIAWUDBAEqBBBZt0pJHd8GOPQRD6axOhzFBEBYbk4Js0+ItKo2\n"
    "wjQ31fTd6NwZxIoHiC228UUV3Nr9HJpe3zLx2dUs6nacztlhDqQAcDBTv3Yt7ZG2\n"
    "I44JdpQk\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

TEST(PrivatePem, IsReadAsOpensslWritesIt) {
  const SigningKey plain = SigningKey::from_pem(plain_pem, never, "it");
  for (const std::string_view pem : {pbkdf2_pem, scrypt_pem}) {
    const SigningKey key = SigningKey::from_pem(pem, says("correct horse"), "it");
    EXPECT_TRUE(key.public_key() == plain.public_key());
    EXPECT_ERROR(SigningKey::from_pem(pem, says("wrong horse"), "it"), bad_input,
                 HasSubstr("passphrase of it is wrong"));
  }
  // After another block, as certificates have them.
  const SigningKey after =
      SigningKey::from_pem(plain.public_key().to_pem() + std::string(plain_pem), never, "it");
  EXPECT_TRUE(after.public_key() == plain.public_key());
}

TEST(PrivatePem, ComesBackWithItsPassphraseAlone) {
  for (const KeyAlgorithm algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::es256}) {
    const SigningKey key = SigningKey::generate(algorithm);
    const std::string pem = key.to_pem(Secret(std::string_view("a good passphrase")));
    EXPECT_THAT(pem, testing::StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    const SigningKey back = SigningKey::from_pem(pem, says("a good passphrase"), "it");
    EXPECT_TRUE(back.public_key() == key.public_key());
    EXPECT_ERROR(SigningKey::from_pem(pem, says("a good passphrase "), "it"), bad_input,
                 HasSubstr("wrong"));
  }
}

TEST(PrivatePem, DamagedTextIsRefused) {
  const std::string whole(pbkdf2_pem);
  const PublicKey right = SigningKey::from_pem(whole, says("correct horse"), "it").public_key();
  for (std::size_t i = 0; i < whole.size(); i += 3) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    try {
      // What is read all the same, such as another letter of a line that is skipped, is another key
      // or the same; Identities compares it with the public one.
      (void)SigningKey::from_pem(changed, says("correct horse"), "it");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    }
  }
  for (std::size_t size = 0; size + 35 < whole.size(); size += 7) {
    EXPECT_ERROR(SigningKey::from_pem(whole.substr(0, size), says("correct horse"), "it"),
                 bad_input, HasSubstr("no private key"));
  }
}

/// A PEM block around DER bytes.
std::string pem_of(const std::string& der, const std::string& name) {
  return "-----BEGIN " + name + "-----\n" + to_base64(der) + "\n-----END " + name + "-----\n";
}

TEST(PrivatePem, NoFileAsksForAnHourOfWork) {
  // The file above with 2^31 - 1 iterations instead of 2048: the integer's length grows by two.
  std::string der = from_base64(
                        "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjPfCL3c5d0MgICCAAwDAYIKoZIhv"
                        "cNAgkFADAdBglghkgBZQME"
                        "ASoEECVuPa90H87cOH8Dal3yHC4EQKs5g7q+4rgI/r0eXAdR2R/J/"
                        "Ry0xSUt8ZmmODRxyTkxryDUKKhecn4orAJ6L1TL3jn4"
                        "Aw+xoRcVVURobdc1Yhk=")
                        .value();
  const std::string few("\x02\x02\x08\x00", 4), many("\x02\x04\x7f\xff\xff\xff", 6);
  const std::size_t at = der.find(few);
  ASSERT_NE(at, std::string::npos);
  der.replace(at, few.size(), many);
  for (const std::size_t length :
       {std::size_t{2}, std::size_t{4}, std::size_t{17}, std::size_t{19}, std::size_t{32}}) {
    der[length] = static_cast<char>(der[length] + 2);
  }
  EXPECT_ERROR(SigningKey::from_pem(pem_of(der, "ENCRYPTED PRIVATE KEY"), never, "it"), bad_input,
               HasSubstr("encrypted in a way that is not used"));
}

TEST(PrivatePem, OtherKindsAreRefusedByName) {
  const std::string x25519 =
      bytes_of_hex("302e020100300506032b656e04220420") + std::string(32, '\x11');
  EXPECT_ERROR(SigningKey::from_pem(pem_of(x25519, "PRIVATE KEY"), never, "it"), bad_input,
               HasSubstr("another kind"));
  EXPECT_ERROR(SigningKey::from_pem(pem_of("abc", "PRIVATE KEY"), never, "it"), bad_input,
               HasSubstr("no private key"));
  EXPECT_ERROR(SigningKey::from_pem("no PEM at all", never, "it"), bad_input, HasSubstr("PKCS #8"));
  EXPECT_ERROR(PublicKey::from_pem("no PEM at all", "it"), bad_input, HasSubstr("no public key"));
}

}  // namespace
}  // namespace atelier::provenance
