// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/transfer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/base64.hpp"
#include "atelier/catalogue/events.hpp"
#include "catalogue/small_catalogue.hpp"
#include "provenance/known_keys.hpp"

namespace atelier::catalogue {
namespace {

using provenance::KeyAlgorithm;
using provenance::SigningKey;
using test::refusal;
using testing::HasSubstr;

class Transfers : public testing::Test, protected test::SmallCatalogue {
 protected:
  Transfers() {
    for (const auto& [name, key] : {std::pair("anna", &anna), {"berta", &berta}, {"clara", &clara}})
      keep_party(catalogue, {.name = name}, key->public_key());
    number = add("Villa", 3);
    claim(catalogue, number, 2, "anna");
  }
  std::string offer(const SigningKey& key, const char* to = "berta") const {
    return offer_transfer(catalogue,
                          {.number = number, .copy = 2, .buyer = to, .price = "1200 EUR"}, key);
  }
  std::string owner() const { return standing(catalogue, number).owned.at(0).owner; }
  std::string record(const std::string& text) const {
    return refusal([&] { record_transfer(catalogue, text, "it"); });
  }
  /// The statement with its payload replaced, and signed anew by those given.
  static std::string forged(const std::string& text, auto change,
                            std::vector<const SigningKey*> signers) {
    SignedStatement statement = parse_statement(text, "it");
    auto terms = nlohmann::json::parse(statement.payload);
    change(terms);
    statement.payload = terms.dump();
    for (const SigningKey* key : signers) sign(statement, *key, "atelier-transfer+json");
    return to_text(statement);
  }

  SigningKey anna = SigningKey::generate(KeyAlgorithm::ed25519),
             berta = SigningKey::generate(KeyAlgorithm::es256),
             clara = SigningKey::generate(KeyAlgorithm::ed25519);
  std::string number;
};

TEST_F(Transfers, ChangeTheOwnerWhenBothSigned) {
  const std::string both = accept_transfer(offer(anna), "it", berta);
  EXPECT_EQ(record(both), "");
  EXPECT_EQ(owner(), "berta");
  expect_order();
  const auto events = events_of(catalogue, number, false);
  EXPECT_EQ(events.back().body.at("from"), "anna");
  EXPECT_EQ(events.back().body.at("amount"), "1200.00 EUR");
  store::Statement sale = catalogue.database().prepare("SELECT amount, currency FROM sales");
  ASSERT_TRUE(sale.step());
  EXPECT_EQ(sale.integer(0), 120'000);
}

TEST_F(Transfers, AreRefusedWithoutTheOwnersSignature) {
  EXPECT_THAT(refusal([&] { static_cast<void>(offer(clara)); }), HasSubstr("only anna"));
  EXPECT_THAT(record(offer(anna)), HasSubstr("lacks the signature of the buyer"));
  const std::string both = accept_transfer(offer(anna), "it", berta);
  SignedStatement statement = parse_statement(both, "it");
  statement.signatures.erase(statement.signatures.begin());
  EXPECT_THAT(record(to_text(statement)), HasSubstr("lacks the signature of anna"));
  // A thief's key in the seller's place, properly signed by thief and buyer.
  const std::string thief =
      forged(both, [&](auto& terms) { terms["from"]["jwk"] = to_jwk(clara.public_key()); },
             {&clara, &berta});
  EXPECT_THAT(record(thief), HasSubstr("not signed by the owner of record"));
  // The buyer signs for both.
  EXPECT_THAT(record(forged(both, [](auto& terms) { terms["price"] = "1.00 EUR"; }, {&berta})),
              HasSubstr("lacks the signature of anna"));
  EXPECT_EQ(owner(), "anna");
  expect_order();
}

TEST_F(Transfers, CannotBeChangedOrUsedTwice) {
  const std::string both = accept_transfer(offer(anna), "it", berta);
  for (const char* name :
       {"price", "work", "copy", "date", "follows", "catalogue", "to", "from", "title", "files"}) {
    const std::string changed = forged(both, [&](auto& terms) { terms[name] = "x"; }, {});
    EXPECT_NE(record(changed), "") << name;
  }
  EXPECT_EQ(record(both), "");
  EXPECT_THAT(record(both), HasSubstr("not signed by the owner of record"));
  // Back to anna, and the old statement again.
  EXPECT_EQ(record(accept_transfer(offer(berta, "anna"), "it", anna)), "");
  EXPECT_EQ(owner(), "anna");
  EXPECT_THAT(record(both), HasSubstr("used before"));
  EXPECT_THAT(
      record(forged(both, [](auto& terms) { terms["catalogue"] = "other"; }, {&anna, &berta})),
      HasSubstr("another catalogue"));
  expect_order();
}

TEST_F(Transfers, AreAcceptedByTheBuyerAlone) {
  EXPECT_THAT(refusal([&] { static_cast<void>(accept_transfer(offer(anna), "it", clara)); }),
              HasSubstr("for berta"));
  const std::string changed =
      forged(offer(anna), [](auto& terms) { terms["price"] = "1.00 EUR"; }, {});
  EXPECT_THAT(refusal([&] { static_cast<void>(accept_transfer(changed, "it", berta)); }),
              HasSubstr("seller, anna"));
  EXPECT_THAT(refusal([&] { static_cast<void>(offer(anna, "anna")); }),
              HasSubstr("has it already"));
  EXPECT_THAT(refusal([&] { static_cast<void>(offer(anna, "nobody")); }),
              HasSubstr("nobody called"));
}

TEST_F(Transfers, NeedAFirstOwnerWithAKey) {
  keep_party(catalogue, {.name = "dora"}, {});
  EXPECT_THAT(refusal([&] { claim(catalogue, number, 1, "dora"); }), HasSubstr("no key"));
  EXPECT_THAT(refusal([&] { claim(catalogue, number, 2, "berta"); }), HasSubstr("is anna's"));
  EXPECT_THAT(refusal([&] { claim(catalogue, number, 4, "berta"); }), HasSubstr("no copy 4"));
  EXPECT_THAT(refusal([&] { keep_party(catalogue, {.name = "anna"}, clara.public_key()); }),
              HasSubstr("another key"));
  EXPECT_THAT(refusal([&] { keep_party(catalogue, {.name = "eve"}, anna.public_key()); }),
              HasSubstr("anna's already"));
}

TEST_F(Transfers, AreFoundWhenOwnersWereChangedPastTheCatalogue) {
  EXPECT_EQ(record(accept_transfer(offer(anna), "it", berta)), "");
  for (const char* change :
       {"UPDATE copies SET owner = (SELECT id FROM parties WHERE name = 'clara')",
        "UPDATE transfers SET statement = replace(statement, 'a', 'b')",
        "UPDATE copies SET title_event = (SELECT digest FROM events WHERE kind = 'claimed')",
        "UPDATE parties SET key_id = 'x' WHERE name = 'berta'"}) {
    const store::Transaction undone(catalogue.database());
    catalogue.database().run(change);
    EXPECT_FALSE(check(catalogue, false).faults.empty()) << change;
  }
  expect_order();
}

TEST(Jwk, HasTheThumbprintOfItsRfc) {
  // RFC 8037, appendices A.2 and A.3.
  const nlohmann::json jwk{
      {"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
  const provenance::PublicKey key = from_jwk(jwk, "it");
  EXPECT_EQ(thumbprint(key), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  EXPECT_EQ(to_jwk(key), jwk);
}

TEST(Jwk, HoldsTheSignatureOfItsRfc) {
  // RFC 8037, appendix A.4: the signature of "Example of Ed25519 signing" by the key of A.1.
  const auto seed = from_base64("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", Base64::url);
  const SigningKey key = provenance::test::key_of_seed(*seed);
  const std::string signature =
      key.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
  EXPECT_EQ(
      to_base64(signature, Base64::url),
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

TEST(Jwk, GoesThereAndBackForBothKinds) {
  for (const KeyAlgorithm algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::es256}) {
    const SigningKey key = SigningKey::generate(algorithm);
    EXPECT_EQ(from_jwk(to_jwk(key.public_key()), "it"), key.public_key());
    SignedStatement statement{"{}", {}};
    sign(statement, key, "x");
    const SignedStatement read = parse_statement(to_text(statement), "it");
    EXPECT_TRUE(signed_by(read, key.public_key(), "x"));
    EXPECT_FALSE(signed_by(read, key.public_key(), "y"));
    EXPECT_FALSE(signed_by(read, SigningKey::generate(algorithm).public_key(), "x"));
  }
  for (const char* text :
       {"", "{}", "[]", R"({"payload":"e30","signatures":[]})", R"({"payload":"e30"})",
        R"({"payload":"!","signatures":[{"protected":"e30","signature":""}]})",
        R"({"payload":"e30","payload":"e30","signatures":[{"protected":"e30","signature":""}]})",
        R"({"payload":"e30","signatures":[{"protected":"W10","signature":""}]})"})
    EXPECT_NE(refusal([&] { static_cast<void>(parse_statement(text, "it")); }), "") << text;
}

}  // namespace
}  // namespace atelier::catalogue
