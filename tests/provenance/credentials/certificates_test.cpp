// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/certificates.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/provenance/identities.hpp"
#include "base/error_matcher.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;

constexpr std::int64_t day = 86'400, now = 1'800'000'000;

SigningKey new_key(KeyAlgorithm algorithm = KeyAlgorithm::es256) {
  return SigningKey::generate(algorithm);
}

CertificateChain chain_of(const SigningKey& key, const Subject& subject = {"Anna", "Home"}) {
  return make_home_chain(key.public_key(), subject, 30, now);
}

/// The certificates of a PEM text, each with its frame.
std::vector<std::string> split(const std::string& pem) {
  constexpr std::string_view end = "-----END CERTIFICATE-----\n";
  std::vector<std::string> parts;
  for (std::size_t from = 0, at = 0; (at = pem.find(end, from)) != pem.npos;
       from = at + end.size()) {
    parts.push_back(pem.substr(from, at + end.size() - from));
  }
  return parts;
}

TEST(Certificates, OfHomeSayWhoseKeyItIsAndForHowLong) {
  for (const KeyAlgorithm algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::es256}) {
    const SigningKey key = new_key(algorithm);
    const CertificateChain chain = chain_of(key, {"Anna Bäcker", "Hof & Söhne"});
    EXPECT_EQ(chain.size(), 2U);
    EXPECT_EQ(chain.subject().name, "Anna Bäcker");
    EXPECT_EQ(chain.subject().organization, "Hof & Söhne");
    EXPECT_THAT(chain.issuer(), testing::StartsWith("home root "));
    EXPECT_EQ(chain.not_before(), now);
    EXPECT_EQ(chain.not_after(), now + 30 * day);
    EXPECT_NO_THROW(chain.check_key(key.public_key(), "anna"));
    EXPECT_NO_THROW(chain.check_time(now, "anna"));
    EXPECT_NO_THROW(chain.check_time(now + 30 * day, "anna"));
    EXPECT_ERROR(chain.check_time(now - 1, "anna"), bad_input, HasSubstr("2027-01-15"));
    EXPECT_ERROR(chain.check_time(now + 30 * day + 1, "anna"), bad_input,
                 HasSubstr("identity certify"));
    // The root does not travel with credentials.
    EXPECT_EQ(split(chain.signing_pem()), std::vector{split(chain.to_pem())[0]});
    EXPECT_EQ(chain.anchor_pem(), split(chain.to_pem())[1]);
  }
}

TEST(Certificates, AreEachTimeOthers) {
  const SigningKey key = new_key();
  const CertificateChain one = chain_of(key), other = chain_of(key);
  EXPECT_NE(one.fingerprint(), other.fingerprint());
  EXPECT_NE(one.issuer(), other.issuer());
}

TEST(Certificates, ComeBackFromPem) {
  const SigningKey key = new_key();
  const CertificateChain chain = chain_of(key);
  const CertificateChain back = CertificateChain::from_pem("words\n" + chain.to_pem(), "it");
  EXPECT_EQ(back.to_pem(), chain.to_pem());
  EXPECT_EQ(back.fingerprint(), chain.fingerprint());
  // Without its root it is a chain too, and all of it travels.
  const CertificateChain alone = CertificateChain::from_pem(chain.signing_pem(), "it");
  EXPECT_EQ(alone.signing_pem(), chain.signing_pem());
}

TEST(Certificates, AreRefusedInWords) {
  const CertificateChain chain = chain_of(new_key()), other = chain_of(new_key());
  const auto parts = split(chain.to_pem()), others = split(other.to_pem());
  EXPECT_ERROR(CertificateChain::from_pem("", "it"), bad_input, HasSubstr("no certificate"));
  EXPECT_ERROR(CertificateChain::from_pem(new_key().public_key().to_pem(), "it"), bad_input,
               HasSubstr("no certificate"));
  EXPECT_ERROR(CertificateChain::from_pem(parts[1], "it"), bad_input, HasSubstr("not for signing"));
  EXPECT_ERROR(CertificateChain::from_pem(parts[1] + parts[0], "it"), bad_input,
               HasSubstr("not for signing"));
  EXPECT_ERROR(CertificateChain::from_pem(parts[0] + others[1], "it"), bad_input,
               HasSubstr("certificate 1 of it was not signed by the next"));
  std::string many;
  for (int i = 0; i < 9; ++i) many += parts[0];
  EXPECT_ERROR(CertificateChain::from_pem(many, "it"), bad_input, HasSubstr("more than 8"));
  EXPECT_ERROR(chain.check_key(new_key().public_key(), "anna"), bad_input,
               HasSubstr("another key than that of the identity anna"));
}

TEST(Certificates, OfWhichAnyByteIsChangedAreOthersOrRefused) {
  const CertificateChain chain = chain_of(new_key());
  const std::string pem = chain.to_pem();
  int refused = 0, passed = 0;
  for (std::size_t i = 0; i < pem.size(); i += 11) {
    std::string changed = pem;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto error = atelier::test::error_of(
        [&] { passed += CertificateChain::from_pem(changed, "it").to_pem() != pem; });
    if (!error) continue;
    ++refused;
    EXPECT_EQ(error->kind(), ErrorKind::bad_input) << error->what();
  }
  EXPECT_GT(refused, passed);  // the root's own signature and what follows it are nobody's to check
}

TEST(Certificates, NameWhatFits) {
  const PublicKey key = new_key().public_key();
  const std::string longest(64, 'a');
  EXPECT_NO_THROW(static_cast<void>(make_home_chain(key, {longest, ""}, 1, now)));
  for (const std::string& name :
       {std::string(), std::string(65, 'a'), std::string("a\nb"), std::string("\xFF"),
        std::string("a\xE2\x80\xAE"
                    "b")}) {
    EXPECT_ERROR(make_home_chain(key, {name, ""}, 1, now), invalid_argument, HasSubstr("1..64"));
  }
  EXPECT_ERROR(make_home_chain(key, {"a", ""}, 0, now), invalid_argument, HasSubstr("1..36500"));
  EXPECT_ERROR(make_home_chain(key, {"a", ""}, 36'501, now), invalid_argument, HasSubstr("36501"));
}

TEST(Certificates, AreAskedForByTheKey) {
  for (const KeyAlgorithm algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::es256}) {
    const std::string request = certificate_request(new_key(algorithm), {"Anna", "Home"});
    EXPECT_THAT(request, testing::StartsWith("-----BEGIN CERTIFICATE REQUEST-----"));
    EXPECT_THAT(request, testing::Not(HasSubstr("PRIVATE")));
  }
}

TEST(Certificates, OfATrustListAreAuthoritiesOrSigners) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "trust.pem";
  const auto parts = split(chain_of(new_key()).to_pem());
  write_file(file, parts[0] + parts[1]);
  const TrustList list = read_trust_list(file);
  EXPECT_EQ(list.anchors, parts[1]);
  EXPECT_EQ(list.allowed, parts[0]);
  write_file(file, "nothing");
  EXPECT_ERROR(read_trust_list(file), bad_input, HasSubstr("no certificate"));
  EXPECT_ERROR(read_trust_list(folder.path() / "none"), bad_input, HasSubstr("none"));
}

TEST(Certificates, AreKeptBesideTheirIdentity) {
  const TemporaryFolder folder;
  const Identities identities(folder.path() / "identities");
  const SigningKey key = new_key();
  identities.add("anna", key, Secret(std::string_view("long enough")));
  EXPECT_FALSE(identities.has_certificates("anna"));
  EXPECT_ERROR(identities.certificates("anna"), bad_input, HasSubstr("identity certify anna"));
  EXPECT_ERROR(identities.keep_certificates("anna", chain_of(new_key())), bad_input,
               HasSubstr("another key"));
  const CertificateChain first = chain_of(key), second = chain_of(key);
  identities.keep_certificates("anna", first);
  EXPECT_EQ(identities.certificates("anna").to_pem(), first.to_pem());
  identities.keep_certificates("anna", second);
  EXPECT_EQ(identities.certificates("anna").to_pem(), second.to_pem());
  EXPECT_EQ(identities.names(), std::vector<std::string>{"anna"});
}

}  // namespace
}  // namespace atelier::provenance
