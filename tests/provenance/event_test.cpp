// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/event.hpp"

#include <gtest/gtest.h>

#include <set>

#include "atelier/base/base64.hpp"
#include "base/error_matcher.hpp"

namespace atelier::provenance {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// RFC 9901, section 4.2.3: a disclosure, and the digest of it.
constexpr const char* rfc_disclosure =
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
constexpr const char* rfc_entry =
    R"({"_sd":["X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"],"_sd_alg":"sha-256"})";

TEST(Event, OpensTheRfcsDisclosure) {
  const std::vector<std::string> disclosures{rfc_disclosure};
  const std::vector<Field> fields = open(rfc_entry, disclosures, "it");
  ASSERT_EQ(fields.size(), 1U);
  EXPECT_EQ(fields[0].first, "family_name");
  EXPECT_EQ(fields[0].second, "M\u00f6bius");
}

json sale() {
  return {{"what", "sale"}, {"work", "sha256:00"}, {"buyer", {{"name", "A. B."}}}, {"price", 1200}};
}

TEST(Event, IsSealedAndOpenedFieldByField) {
  const SealedEvent sealed = seal(sale());
  EXPECT_EQ(count_fields(sealed.entry, "it"), 4U);
  EXPECT_EQ(json::parse(sealed.entry).dump(), sealed.entry);
  for (const char* word : {"sale", "1200", "A. B.", "buyer", "price"})
    EXPECT_EQ(sealed.entry.find(word), std::string::npos) << word;
  EXPECT_EQ(open(sealed.entry, sealed.disclosures, "it"),
            (std::vector<Field>{{"buyer", {{"name", "A. B."}}},
                                {"price", 1200},
                                {"what", "sale"},
                                {"work", "sha256:00"}}));
  EXPECT_EQ(open(sealed.entry, std::vector<std::string>{sealed.disclosures[1]}, "it"),
            (std::vector<Field>{{"price", 1200}}));
  EXPECT_TRUE(open(sealed.entry, {}, "it").empty());
}

TEST(Event, HasAnotherEntryEachTime) {
  std::set<std::string> entries;
  for (int i = 0; i < 100; ++i) entries.insert(seal(sale()).entry);
  EXPECT_EQ(entries.size(), 100U);
}

TEST(Event, NothingChangedIsOpened) {
  const SealedEvent sealed = seal(sale()), other = seal(sale());
  EXPECT_ERROR(open(sealed.entry, std::vector{other.disclosures[0]}, "it"), bad_input,
               HasSubstr("does not hold"));
  EXPECT_ERROR(open(sealed.entry, std::vector{sealed.disclosures[0], sealed.disclosures[0]}, "it"),
               bad_input, HasSubstr("twice"));
  for (std::size_t i = 0; i < sealed.disclosures[1].size(); ++i) {
    std::vector<std::string> changed{sealed.disclosures[1]};
    changed[0][i] = changed[0][i] == 'A' ? 'B' : 'A';
    EXPECT_ERROR(open(sealed.entry, changed, "it"), bad_input, HasSubstr("does not hold"));
  }
}

TEST(Event, EntriesHaveOneForm) {
  const std::string digest = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0";
  const std::string lesser = "A9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0";
  const auto entry = [](const std::string& list) {
    return "{\"_sd\":[" + list + "],\"_sd_alg\":\"sha-256\"}";
  };
  const auto quoted = [](const std::string& text) { return '"' + text + '"'; };
  EXPECT_EQ(count_fields(entry(quoted(lesser) + "," + quoted(digest)), "it"), 2U);
  std::string deep = std::string(100'000, '[');
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("[]"), std::string("null"), entry(""), deep,
        entry(quoted(digest) + "," + quoted(lesser)), entry(quoted(digest) + "," + quoted(digest)),
        entry(quoted(digest + "A")), entry(quoted(digest.substr(1))), entry("1"),
        entry("[" + quoted(digest) + "]"), entry(quoted(digest)) + "\n",
        " " + entry(quoted(digest)), "{\"_sd\":[\"" + digest + "\"],\"_sd_alg\":\"sha-512\"}",
        "{\"_sd\":[\"" + digest + "\"]}",
        "{\"_sd\":[\"" + digest + "\"],\"_sd_alg\":\"sha-256\",\"name\":\"B\"}",
        "{\"_sd_alg\":\"sha-256\",\"_sd\":[\"" + digest + "\"]}"}) {
    EXPECT_ERROR(count_fields(bad, "it"), bad_input, HasSubstr("no sealed event"));
  }
}

TEST(Event, WhatCannotBeSealedIsRefused) {
  for (const json& bad : {json(1), json("x"), json::array({1}), json(nullptr), json::object()})
    EXPECT_ERROR(seal(bad), bad_input, HasSubstr("1..64 fields"));
  for (const char* name : {"_sd", "_sd_alg", "..."})
    EXPECT_ERROR(seal({{name, 1}}), bad_input, HasSubstr("without fields called"));
  EXPECT_ERROR(seal({{"", 1}}), bad_input, HasSubstr("have names"));
  EXPECT_ERROR(seal({{"a", std::string(max_event_bytes, 'x')}}), bad_input,
               HasSubstr("32768 bytes"));
  EXPECT_ERROR(seal({{"a", "\xff"}}), bad_input, HasSubstr("UTF-8"));
  json many, deep = 1;
  for (std::size_t i = 0; i <= max_event_fields; ++i) many[std::to_string(i)] = 1;
  EXPECT_ERROR(seal(many), bad_input, HasSubstr("1..64 fields"));
  for (int i = 0; i < max_event_depth; ++i) deep = json::array({deep});
  EXPECT_EQ(seal({{"a", deep}}).disclosures.size(), 1U);
  EXPECT_ERROR(seal({{"a", json::array({deep})}}), bad_input, HasSubstr("levels deep"));
}

TEST(Event, JsonHasOneMeaning) {
  EXPECT_TRUE(parse_event_json(R"({"a":{"b":1},"c":{"b":2}})"));
  EXPECT_TRUE(parse_event_json(R"([{"a":1},{"a":2}])"));
  for (const std::string& bad :
       {std::string(R"({"a":1,"a":2})"), std::string(R"([{"a":{"b":1,"b":1}}])"),
        std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":1} x"), std::string("{\"a\":1e999}"),
        std::string("{a:1}"), std::string("{\"a\":NaN}"),
        "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}",
        std::string(1'000'000, '[')}) {
    EXPECT_FALSE(parse_event_json(bad)) << bad.substr(0, 40);
  }
}

TEST(Presentation, IsTakenApartAsItWasPutTogether) {
  const SealedEvent sealed = seal(sale());
  const std::string text = join_presentation(sealed.entry, sealed.disclosures);
  const Presentation parts = parse_presentation(text, "it");
  EXPECT_EQ(parts.entry, sealed.entry);
  EXPECT_EQ(parts.disclosures, sealed.disclosures);
  for (const std::string& bad : {std::string(), std::string("~~~!"), std::string("!~"), text + "x",
                                 std::string(1000, '~').insert(0, "YWJj")}) {
    EXPECT_ERROR(parse_presentation(bad, "it"), bad_input, HasSubstr("no entry"));
  }
}

}  // namespace
}  // namespace atelier::provenance
