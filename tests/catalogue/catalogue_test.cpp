// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/ledger_link.hpp"
#include "atelier/catalogue/search.hpp"
#include "catalogue/small_catalogue.hpp"
#include "provenance/small_ledger.hpp"

namespace atelier::catalogue {
namespace {

using test::refusal;
using test::SmallCatalogue;

class Catalogues : public testing::Test, protected SmallCatalogue {
 protected:
  std::vector<std::string> numbers(const Query& query) const {
    std::vector<std::string> found;
    for (const Found& one : find(catalogue, query)) found.push_back(one.work.number);
    EXPECT_EQ(count(catalogue, query), std::ssize(found));
    return found;
  }
  std::vector<std::string> faults() const { return check(catalogue, true).faults; }
  std::int64_t event(const std::string& number, const std::string& kind, auto set) const {
    Event event;
    event.kind = kind;
    set(event);
    return record_event(catalogue, number, event);
  }
};

TEST_F(Catalogues, KeepWorksAsTheyAreGiven) {
  Work villa;
  villa.number = "M.1";
  villa.title = "Villa";
  villa.artists = "Berthe Morisot";
  villa.price = "1200.00 EUR";
  villa.edition = 3;
  villa.keywords = "garden; sea";
  write_file(home.path() / "poem.txt", "Rain.\n");
  const WorkFile file = read_work_file(catalogue, home.path() / "poem.txt");
  EXPECT_EQ(add_work(catalogue, villa, {file}), villa);
  EXPECT_EQ(work(Catalogue(folder), "M.1"), villa);
  ASSERT_EQ(files_of(catalogue, "M.1").size(), 1U);
  EXPECT_EQ(files_of(catalogue, "M.1")[0].digest, file.digest);
  EXPECT_THAT(refusal([&] { add_work(catalogue, villa); }), testing::HasSubstr("already"));
  villa.title = "Villa at the seaside";
  EXPECT_TRUE(edit_work(catalogue, villa));
  EXPECT_FALSE(edit_work(catalogue, villa));
  EXPECT_EQ(work(catalogue, "M.1"), villa);
  EXPECT_EQ(events_of(catalogue, "M.1", false).size(), 2U);
  EXPECT_EQ(numbers({.words = "seaside"}), std::vector<std::string>{"M.1"});
  expect_order();
}

TEST_F(Catalogues, NumberWorksByThemselves) {
  const std::string first = add("a"), second = add("b");
  EXPECT_TRUE(first.ends_with(".1")) << first;
  EXPECT_TRUE(second.ends_with(".2")) << second;
}

TEST_F(Catalogues, FollowLoansExhibitionsPricesAndConditions) {
  const std::string a = add("A"), b = add("B");
  event(a, "lent", [](Event& e) { e.party = "A museum", e.date = "2026-01-02/2026-03"; });
  EXPECT_EQ(standing(catalogue, a).status, "on loan");
  EXPECT_EQ(numbers({.borrower = "A museum"}), std::vector<std::string>{a});
  EXPECT_EQ(numbers({.due = "2026-03-31"}), std::vector<std::string>{a});
  EXPECT_TRUE(numbers({.due = "2026-03-30"}).empty());
  EXPECT_THAT(refusal([&] { event(a, "lent", [](Event& e) { e.party = "B"; }); }),
              testing::HasSubstr("on loan already"));
  event(a, "returned", [](Event&) {});
  EXPECT_TRUE(numbers({.borrower = "A museum"}).empty());
  EXPECT_THAT(refusal([&] { event(a, "returned", [](Event&) {}); }),
              testing::HasSubstr("no open loan"));
  event(b, "exhibited", [](Event& e) { e.title = "Salon", e.date = "1874"; });
  EXPECT_EQ(numbers({.exhibition = "Salon"}), std::vector<std::string>{b});
  event(b, "condition", [](Event& e) { e.grade = "poor"; });
  event(b, "condition", [](Event& e) { e.grade = "good"; });
  EXPECT_EQ(numbers({.condition = "good"}), std::vector<std::string>{b});
  EXPECT_TRUE(numbers({.condition = "poor"}).empty());
  event(b, "priced", [](Event& e) { e.amount = "5 EUR"; });
  EXPECT_EQ(work(catalogue, b).price, "5.00 EUR");
  EXPECT_EQ(numbers({.min_price = "5 EUR", .max_price = "5 EUR"}), std::vector<std::string>{b});
  event(b, "moved", [](Event& e) { e.place = "Room 2"; });
  EXPECT_EQ(numbers({.location = "Room 2"}), std::vector<std::string>{b});
  EXPECT_THAT(refusal([&] { event(a, "exhibited", [](Event&) {}); }),
              testing::HasSubstr("needs a title"));
  EXPECT_THAT(refusal([&] { event(a, "eaten", [](Event&) {}); }),
              testing::HasSubstr("no kind of event"));
  EXPECT_THAT(refusal([&] { event(a, "transferred", [](Event&) {}); }),
              testing::HasSubstr("program itself"));
  EXPECT_THAT(refusal([&] { event(a, "noted", [](Event& e) { e.copy = 2; }); }),
              testing::HasSubstr("no copy 2"));
  expect_order();
}

TEST_F(Catalogues, TellHistoryAsItHappened) {
  const std::string a = add("A");
  event(a, "exhibited", [](Event& e) { e.title = "Late", e.date = "1901"; });
  event(a, "owned",
        [](Event& e) { e.party = "B. M.", e.date = "187X", e.source = "letter; stock book"; });
  std::vector<std::string> kinds;
  for (const RecordedEvent& one : events_of(catalogue, a, true))
    kinds.push_back(one.body.at("kind"));
  EXPECT_THAT(kinds, testing::ElementsAre("owned", "exhibited", "registered"));
  EXPECT_EQ(events_of(catalogue, a, true)[0].body.at("sources").size(), 2U);
}

TEST_F(Catalogues, FindByEverythingTogether) {
  Work print{.number = "P1",
             .kind = "print",
             .title = "山水畫",
             .artists = "沈周",
             .date = "1480",
             .language = "zh-Hant",
             .keywords = "山; 水",
             .licence = "CC0-1.0"};
  Work poem{
      .number = "T1", .kind = "poem", .title = "Café in rain", .artists = "A. B.", .date = "1999"};
  add_work(catalogue, print);
  add_work(catalogue, poem);
  EXPECT_EQ(numbers({.words = "山水"}), std::vector<std::string>{"P1"});
  EXPECT_EQ(numbers({.words = "水畫"}), std::vector<std::string>{"P1"});
  EXPECT_TRUE(numbers({.words = "畫山"}).empty());
  EXPECT_EQ(numbers({.words = "cafe ra"}), std::vector<std::string>{"T1"});
  EXPECT_EQ(numbers({.words = "rain", .sort = "relevance"}), std::vector<std::string>{"T1"});
  EXPECT_EQ(numbers({.kind = "print"}), std::vector<std::string>{"P1"});
  EXPECT_EQ(numbers({.artist = "沈周"}), std::vector<std::string>{"P1"});
  EXPECT_EQ(numbers({.keyword = "水"}), std::vector<std::string>{"P1"});
  EXPECT_EQ(numbers({.licence = "CC0-1.0"}), std::vector<std::string>{"P1"});
  EXPECT_EQ(numbers({.made = "14XX"}), std::vector<std::string>{"P1"});
  EXPECT_EQ(numbers({.made = "1950/.."}), std::vector<std::string>{"T1"});
  EXPECT_EQ(numbers({.sort = "date", .descending = true}), (std::vector<std::string>{"T1", "P1"}));
  EXPECT_TRUE(numbers({.words = "rain", .kind = "print"}).empty());
  EXPECT_EQ(find(catalogue, {.sort = "number", .limit = 1, .offset = 1})[0].work.number, "T1");
  EXPECT_THAT(tally(catalogue, "kind"),
              testing::ElementsAre(testing::Pair("poem", 1), testing::Pair("print", 1)));
  EXPECT_THAT(refusal([&] { numbers({.words = "***"}); }), testing::HasSubstr("no words"));
  EXPECT_THAT(refusal([&] { numbers({.min_price = "1 EUR", .max_price = "2 USD"}); }),
              testing::HasSubstr("one currency"));
}

TEST_F(Catalogues, NoticeWhatWasChangedPastThem) {
  const std::string a = add("A"), b = add("B");
  event(a, "noted", [](Event& e) { e.note = "first"; });
  event(a, "noted", [](Event& e) { e.note = "second"; });
  expect_order();
  for (const char* change : {
           "UPDATE works SET title = 'C' WHERE title = 'A'",
           "UPDATE works SET price_amount = 1, price_currency = 'EUR' WHERE title = 'B'",
           "UPDATE events SET body = replace(body, 'first', 'fourth')",
           "UPDATE events SET place = place + 10 WHERE place = 3",
           "DELETE FROM events WHERE place = 2",
           "DELETE FROM events WHERE place = 3",
           "UPDATE works SET event_count = 7 WHERE title = 'B'",
       }) {
    const store::Transaction undone(catalogue.database());
    catalogue.database().run(change);
    EXPECT_FALSE(faults().empty()) << change;
  }
  expect_order();
  write_file(home.path() / "x", "x");
  add_files(catalogue, b, {read_work_file(catalogue, home.path() / "x")});
  expect_order();
  write_file(home.path() / "x", "y");
  EXPECT_THAT(faults(), testing::ElementsAre(testing::HasSubstr("not what it was")));
}

TEST_F(Catalogues, RefuseFoldersThatAreNone) {
  EXPECT_THAT(refusal([&] { Catalogue::create(folder, "x"); }),
              testing::HasSubstr("not an empty folder"));
  EXPECT_THAT(refusal([&] { Catalogue none(home.path() / "none"); }),
              testing::HasSubstr("is no catalogue"));
  EXPECT_FALSE(std::filesystem::exists(home.path() / "none"));
  EXPECT_THAT(refusal([&] { static_cast<void>(work(catalogue, "none")); }),
              testing::HasSubstr("no work 'none'"));
}

class LinkedLedgers : public Catalogues {
 protected:
  LinkedLedgers() { provenance::test::make_ledger(ledger); }
  std::uint64_t entries() const { return provenance::Ledger(ledger).head().size; }
  std::filesystem::path ledger = home.path() / "ledger";
};

TEST_F(LinkedLedgers, HoldEveryEventOnce) {
  const std::string a = add("Secret title");
  attach_ledger(catalogue, ledger);
  EXPECT_EQ(waiting(catalogue), 1);
  EXPECT_EQ(bring_up_to_date(catalogue), 1);
  event(a, "noted", [](Event& e) { e.note = "hidden"; });
  EXPECT_EQ(bring_up_to_date(catalogue), 1);
  EXPECT_EQ(bring_up_to_date(catalogue), 0);
  EXPECT_EQ(entries(), 2U);
  const CheckReport report = check(catalogue, false);
  EXPECT_TRUE(report.faults.empty());
  EXPECT_EQ(report.in_ledger, 2);
  EXPECT_EQ(events_of(catalogue, a, false)[1].entry, 1);
  const std::string entry = provenance::Ledger(ledger).log().entry(0, 2);
  EXPECT_EQ(entry.find("Secret"), entry.npos);
}

TEST_F(LinkedLedgers, FindAfterACrashWhatIsThere) {
  attach_ledger(catalogue, ledger);
  add("A");
  add("B");
  {  // appended, and killed before the catalogue wrote down where
    const store::Transaction lost(catalogue.database());
    store::Statement row =
        catalogue.database().prepare("SELECT sealed FROM ledger_entries ORDER BY event LIMIT 1");
    ASSERT_TRUE(row.step());
    auto sealed = provenance::parse_presentation(row.text(0), "it");
    const std::array events{provenance::SealedEvent{sealed.entry, sealed.disclosures}};
    provenance::LedgerWriter(ledger).append(events);
  }
  provenance::LedgerWriter(ledger).append(
      provenance::test::numbered_events(0, 3));  // somebody else's
  EXPECT_EQ(bring_up_to_date(catalogue), 2);
  EXPECT_EQ(entries(), 5U);
  expect_order();
}

TEST_F(LinkedLedgers, AreLockedAndLost) {
  attach_ledger(catalogue, ledger);
  add("A");
  {
    const provenance::LedgerWriter other(ledger);
    EXPECT_THAT(refusal([&] { bring_up_to_date(catalogue); }),
                testing::HasSubstr("another process"));
  }
  EXPECT_EQ(waiting(catalogue), 1);
  bring_up_to_date(catalogue);
  add("B");
  std::filesystem::remove_all(ledger);
  provenance::test::make_ledger(ledger);
  EXPECT_THAT(refusal([&] { bring_up_to_date(catalogue); }),
              testing::HasSubstr("entries were lost"));
  EXPECT_FALSE(faults().empty());
}

TEST_F(LinkedLedgers, NoticeEventsThatWereRewritten) {
  attach_ledger(catalogue, ledger);
  const std::string a = add("A");
  bring_up_to_date(catalogue);
  expect_order();
  // A whole chain made anew, digests and all, still is not what the ledger holds.
  const store::Transaction undone(catalogue.database());
  auto body = events_of(catalogue, a, false)[0].body;
  body["recorded"] = "2001-01-01T00:00:00Z";
  const std::string text = body.dump();
  const std::string digest = sha256(std::as_bytes(std::span(text)));
  catalogue.database()
      .prepare("UPDATE events SET body = ?, digest = ?")
      .bind(1, text)
      .bind(2, digest)
      .run();
  catalogue.database().prepare("UPDATE works SET last_event = ?").bind(1, digest).run();
  EXPECT_THAT(faults(),
              testing::ElementsAre(testing::HasSubstr("not what entry 0 of the ledger opens to")));
}

}  // namespace
}  // namespace atelier::catalogue
