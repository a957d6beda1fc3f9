// SPDX-License-Identifier: Apache-2.0
// Money, rights, works, CSV fields, words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/catalogue/money.hpp"
#include "atelier/catalogue/rights.hpp"
#include "catalogue/csv.hpp"
#include "catalogue/small_catalogue.hpp"
#include "catalogue/words.hpp"

namespace atelier::catalogue {
namespace {

using test::refusal;

TEST(Money, IsExactInWholeUnits) {
  EXPECT_EQ(parse_money("1200.50 EUR"), (Money{120'050, "EUR"}));
  EXPECT_EQ(parse_money("EUR 1200.5"), (Money{120'050, "EUR"}));
  EXPECT_EQ(parse_money("1200 JPY"), (Money{1200, "JPY"}));
  EXPECT_EQ(parse_money("1.005 KWD"), (Money{1005, "KWD"}));
  EXPECT_EQ(parse_money("0.01 USD"), (Money{1, "USD"}));
  for (const char* text :
       {"1200.50 EUR", "0.05 EUR", "0.00 CHF", "7 JPY", "0.001 BHD", "90000000000000.00 EUR"})
    EXPECT_EQ(to_text(parse_money(text)), text);
  for (const char* text :
       {"", "1200", "1200.505 EUR", "1.5 JPY", "-1 EUR", "1,200 EUR", "1e3 EUR", "12. EUR",
        ".5 EUR", "12 EUX", "12 eur", "12  EUR", "99999999999999999999 EUR", "NaN EUR", "1 XXX"}) {
    EXPECT_NE(refusal([&] { static_cast<void>(parse_money(text)); }), "") << text;
  }
}

TEST(Rights, AreOfKnownVocabularies) {
  EXPECT_EQ(licence_id("cc-by-sa-4.0"), "CC-BY-SA-4.0");
  EXPECT_EQ(licence_id("https://creativecommons.org/licenses/by-nc/4.0/deed.en"), "CC-BY-NC-4.0");
  EXPECT_EQ(licence_id("http://www.creativecommons.org/publicdomain/zero/1.0"), "CC0-1.0");
  EXPECT_EQ(licence_id("LicenseRef-house"), "LicenseRef-house");
  EXPECT_EQ(licence_uri("CC-BY-SA-3.0-DE"), "https://creativecommons.org/licenses/by-sa/3.0/de/");
  EXPECT_EQ(licence_uri("CC0-1.0"), "https://creativecommons.org/publicdomain/zero/1.0/");
  EXPECT_EQ(rights_uri("InC"), "http://rightsstatements.org/vocab/InC/1.0/");
  EXPECT_EQ(rights_uri("https://rightsstatements.org/page/NoC-US/1.0/"),
            "http://rightsstatements.org/vocab/NoC-US/1.0/");
  EXPECT_EQ(rights_label("http://rightsstatements.org/vocab/CNE/1.0/"), "Copyright Not Evaluated");
  for (const char* text :
       {"CC-BY", "CC-BY-5.0", "CC-BY-SA-4.0-XX", "LicenseRef-", "LicenseRef-a b", "Proprietary",
        "https://creativecommons.org/licenses/by/9.0/", "https://example.org/licenses/by/4.0/"}) {
    EXPECT_NE(refusal([&] { static_cast<void>(licence_id(text)); }), "") << text;
  }
  for (const char* text : {"InC-XX", "http://rightsstatements.org/",
                           "http://example.org/vocab/InC/1.0/", "javascript:1"})
    EXPECT_NE(refusal([&] { static_cast<void>(rights_uri(text)); }), "") << text;
}

TEST(Rights, OfEveryLicenceLeadBackToIt) {
  for (const char* id :
       {"CC-BY-4.0", "CC-BY-NC-ND-2.5", "CC-BY-SA-2.1-JP", "CC0-1.0", "CC-PDM-1.0"})
    EXPECT_EQ(licence_id(licence_uri(id)), id);
}

TEST(Works, AreKeptInOneForm) {
  Work work;
  work.title = "  Villa \n";
  work.artists = " Berthe Morisot;; Édouard Manet (after) ; Berthe Morisot";
  work.date = "c. 1874";
  work.licence = "cc0-1.0";
  work.price = "EUR 5";
  normalise(work);
  EXPECT_EQ(work.title, "Villa");
  EXPECT_EQ(work.artists, "Berthe Morisot; Édouard Manet (after)");
  EXPECT_EQ(work.date, "1874~");
  EXPECT_EQ(work.price, "5.00 EUR");
  EXPECT_EQ(parse_credit("Édouard Manet (after)").name, "Édouard Manet");
  EXPECT_EQ(parse_credit("Édouard Manet (after)").role, "after");
}

TEST(Works, AreRefusedBeyondTheirLimits) {
  const auto with = [](auto set) {
    Work work;
    work.title = "a";
    set(work);
    return refusal([&] { normalise(work); });
  };
  EXPECT_THAT(with([](Work& w) { w.title = "\x01"; }), testing::HasSubstr("U+0001"));
  EXPECT_THAT(with([](Work& w) { w.title = "a\xFF"; }), testing::HasSubstr("no UTF-8"));
  EXPECT_THAT(with([](Work& w) { w.title = "a\u202Eb"; }), testing::HasSubstr("U+202E"));
  EXPECT_THAT(with([](Work& w) { w.title = std::string(1001, 'a'); }),
              testing::HasSubstr("1001 bytes"));
  EXPECT_THAT(with([](Work& w) { w.title = ""; }), testing::HasSubstr("needs a title"));
  EXPECT_THAT(with([](Work& w) { w.kind = "spoon"; }), testing::HasSubstr("kind"));
  EXPECT_THAT(with([](Work& w) { w.edition = 0; }), testing::HasSubstr("edition"));
  EXPECT_THAT(with([](Work& w) { w.language = "english!"; }), testing::HasSubstr("BCP 47"));
  for (const char* number : {"../a", "a/b", ".a", "a b", "a..b", "\xC3\xA9"})
    EXPECT_THAT(with([&](Work& w) { w.number = number; }), testing::HasSubstr("inventory number"))
        << number;
}

TEST(Works, NameTheirCopies) {
  EXPECT_EQ(copy_label(3, 50, 5), "3/50");
  EXPECT_EQ(copy_label(51, 50, 5), "AP 1/5");
  EXPECT_EQ(copy_label(1, 1, 0), "");
}

TEST(CsvFields, AreNoFormulasAndComeBack) {
  for (const std::string field : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "''=1", "'", "''",
                                  "it's", "", "a=b", "'a", "-"}) {
    const std::string safe = without_formula(field);
    EXPECT_TRUE(safe.empty() ||
                std::string_view("=+-@\t\r").find(safe[0]) == std::string_view::npos)
        << field;
    EXPECT_EQ(with_formula(safe), field);
  }
  EXPECT_EQ(csv_row({"a", "b,c", "d\"e", "f\ng"}), "a,\"b,c\",\"d\"\"e\",\"f\ng\"\r\n");
  const std::string text = csv_row({"a", "", "x\r\ny"}) + csv_row({"1", "\"", "3"});
  CsvReader reader(text, "it");
  std::vector<std::string> row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_THAT(row, testing::ElementsAre("a", "", "x\r\ny"));
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(reader.line(), 3);
  EXPECT_THAT(row, testing::ElementsAre("1", "\"", "3"));
  EXPECT_FALSE(reader.next(row));
}

TEST(Words, HaveChineseByCharacter) {
  EXPECT_EQ(word_query("山水"), "\" 山  水 \"");
  EXPECT_EQ(word_query("Villa \"OR\" a-b"), "\"Villa\" * \" OR \" * \"a b\" *");
  EXPECT_EQ(word_query(" * \" -- "), "");
}

TEST(Words, ArePostgresVectors) {
  EXPECT_EQ(vector_query("山水"), "'山' <-> '水'");
  EXPECT_EQ(vector_query("Villa \"OR\" a-b É'"), "'villa':* & 'or':* & 'a' <-> 'b':* & 'e':*");
  EXPECT_EQ(vector_query(" * \" -- '"), "");
  WordVector vector;
  vector.add("Garden, garden: Été", 'A');
  vector.add("山", 'D');
  EXPECT_EQ(vector.literal(), "'ete':3A 'garden':1A,2A '山':5D");
}

}  // namespace
}  // namespace atelier::catalogue
