// SPDX-License-Identifier: Apache-2.0
#include "studio/api/text.hpp"

#include <gmock/gmock.h>

#include "studio/api/rate_limiter.hpp"
#include "studio/files/file_type.hpp"
#include "studio/worker/report.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

TEST(Target, IsSplitAndDecodedOnce) {
  const auto target = parse_target("/api/v1/jobs/a%20b?limit=3&label=x+y%26z&empty");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/jobs/a%20b");
  EXPECT_THAT(target->parts, ElementsAre("api", "v1", "jobs", "a b"));
  EXPECT_EQ(target->query.at("limit"), "3");
  EXPECT_EQ(target->query.at("label"), "x y&z");
  EXPECT_EQ(target->query.at("empty"), "");
  EXPECT_EQ(parse_target("/%252e%252e")->parts.at(0), "%2e%2e");
  EXPECT_FALSE(parse_target("http://elsewhere/"));
  EXPECT_FALSE(parse_target("/%zz"));
  EXPECT_FALSE(parse_target("/a%2"));
  EXPECT_FALSE(parse_target(""));
}

TEST(ShownName, IsALastPartWithoutTricks) {
  EXPECT_EQ(shown_name("harbour.jpg"), "harbour.jpg");
  EXPECT_EQ(shown_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(shown_name("C:\\pictures\\a.png"), "a.png");
  EXPECT_EQ(shown_name("a\r\nSet-Cookie: x"), "aSet-Cookie: x");
  EXPECT_EQ(shown_name("photo\u202Egnp.exe"), "photognp.exe");
  EXPECT_EQ(shown_name("<script>alert(1)<script>.png"), "<script>alert(1)<script>.png");
  EXPECT_EQ(shown_name("\xff.png"), "\uFFFD.png");
  EXPECT_EQ(shown_name(""), "file");
  EXPECT_EQ(shown_name("a/"), "file");
  EXPECT_LE(shown_name(std::string(5000, 'x')).size(), 200u);
}

TEST(PercentEncoding, GoesThereAndBack) {
  const std::string text = "a b/\xc3\xa4\"\r\n%";
  EXPECT_EQ(percent_encoded("a b\""), "a%20b%22");
  EXPECT_EQ(percent_decoded(percent_encoded(text)), text);
}

TEST(ByteRanges, AreThoseOfTheStandard) {
  const auto range = [](std::string_view field) {
    const auto r = parse_range(field, 10);
    return r ? std::tuple(r->first, r->length, r->whole) : std::tuple(0ul, 0ul, false);
  };
  EXPECT_EQ(range(""), std::tuple(0ul, 10ul, true));
  EXPECT_EQ(range("bytes=0-4"), std::tuple(0ul, 5ul, false));
  EXPECT_EQ(range("bytes=9-"), std::tuple(9ul, 1ul, false));
  EXPECT_EQ(range("bytes=-3"), std::tuple(7ul, 3ul, false));
  EXPECT_EQ(range("bytes=-30"), std::tuple(0ul, 10ul, false));
  EXPECT_EQ(range("bytes=5-100"), std::tuple(5ul, 5ul, false));
  EXPECT_EQ(range("bytes=0-18446744073709551615"), std::tuple(0ul, 10ul, false));
  EXPECT_EQ(range("bytes=0-1,3-4"), std::tuple(0ul, 10ul, true));
  EXPECT_EQ(range("bytes=x-"), std::tuple(0ul, 10ul, true));
  EXPECT_EQ(range("bytes=4-3"), std::tuple(0ul, 10ul, true));
  EXPECT_FALSE(parse_range("bytes=10-", 10));
  EXPECT_FALSE(parse_range("bytes=-0", 10));
  EXPECT_FALSE(parse_range("bytes=0-", 0));
}

TEST(AcceptedCodings, AreThoseThatAreNamedAndNotRefused) {
  EXPECT_TRUE(accepts_coding("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts_coding("br;q=0.1", "br"));
  EXPECT_TRUE(accepts_coding(" * ", "br"));
  EXPECT_TRUE(accepts_coding("br ; q=1", "br"));
  EXPECT_FALSE(accepts_coding("", "br"));
  EXPECT_FALSE(accepts_coding("gzip", "br"));
  EXPECT_FALSE(accepts_coding("brotli", "br"));
  EXPECT_FALSE(accepts_coding("br;q=0", "br"));
  EXPECT_FALSE(accepts_coding("*, br;q=0.000", "br"));
  EXPECT_FALSE(accepts_coding(",;=,;", "br"));
}

TEST(Cookies, AreFoundByTheirWholeName) {
  EXPECT_EQ(cookie_value("a=1; atelier=x; b=2", "atelier"), "x");
  EXPECT_EQ(cookie_value("xatelier=1; atelier=2", "atelier"), "2");
  EXPECT_FALSE(cookie_value("a=1", "atelier"));
  EXPECT_FALSE(cookie_value("", "atelier"));
}

TEST(RateLimiter, FillsAsTimeGoesBy) {
  RateLimiter limiter(2, 3);
  const auto now = RateLimiter::Clock::now();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take("a", now), 0);
  EXPECT_EQ(limiter.take("a", now), 1);
  EXPECT_EQ(limiter.take("b", now), 0);
  EXPECT_EQ(limiter.take("a", now + 500ms), 0);
  EXPECT_EQ(limiter.take("a", now + 500ms), 1);
}

std::string kind(std::string_view head) {
  const auto type = sniff(head);
  return type ? type->kind + " " + type->suffix : "unknown";
}

TEST(FileType, IsToldByContentAlone) {
  using namespace std::string_view_literals;
  EXPECT_EQ(kind("\x89PNG\r\n\x1a\n...."), "picture png");
  EXPECT_EQ(kind("\xff\xd8\xff\xe0"), "picture jpg");
  EXPECT_EQ(kind("RIFF\0\0\0\0WEBPVP8 "sv), "picture webp");
  EXPECT_EQ(kind("RIFF\0\0\0\0WAVEfmt "sv), "music wav");
  EXPECT_EQ(kind("XXXX\0\0\0\0WEBPVP8 "sv), "unknown");
  EXPECT_EQ(kind("GIF89a"), "film gif");
  EXPECT_EQ(kind("\0\0\0\x20"
                 "ftypisom"sv),
            "film mp4");
  EXPECT_EQ(kind("MThd\0\0\0\x06"sv), "music mid");
  EXPECT_EQ(kind("GIMP Palette\nName: x"), "palette gpl");
  EXPECT_EQ(kind("X:1\nT:A tune\nK:C\n"), "music abc");
  EXPECT_EQ(kind("<?xml version=\"1.0\"?><svg xmlns=\"a\">"), "drawing svg");
  EXPECT_EQ(kind("{\"colours\": []}"), "text json");
  EXPECT_EQ(kind("A poem\nof two lines"), "text txt");
  EXPECT_EQ(kind("<html><script>alert(1)</script>"), "page html");
  EXPECT_EQ(kind("\n<!DOCTYPE HTML><p>"), "page html");
  EXPECT_EQ(kind("<?xml version=\"1.0\"?><a/>"), "text xml");
  EXPECT_EQ(kind("PK\x03\x04zip"), "archive zip");
  EXPECT_EQ(kind("\0\0\0\x10jumb"sv), "credential c2pa");
  // A set begins with pixels, whatever these look like.
  EXPECT_EQ(sniff("PK\x03\x04", "ATELSET1")->kind, "dataset");
  EXPECT_EQ(kind("\x40\0\0\0\0\0\0\0{\"__metadata__\""sv), "model safetensors");
  EXPECT_EQ(kind("\xff\xff\xff\xff\xff\xff\xff\x7f{\"a\""sv), "unknown");
  EXPECT_EQ(kind("MZ\0\x01"sv), "unknown");
  EXPECT_EQ(kind("\x7f"
                 "ELF"),
            "unknown");
  EXPECT_EQ(kind(""), "unknown");
  // Cut within a character at the end of what was looked at, it is still text.
  EXPECT_EQ(kind(std::string(sniffed_bytes - 1, 'a') + "\xc3"), "text txt");
}

TEST(Report, NamesFilesByDigestAndNoPlaceOfTheMachine) {
  const auto report = public_report(
      R"({"output": "out/a.png", "styles": ["in/b.png", "/home/me/models/m.safetensors", 3],
          "command": "atelier frame /srv/data/jobs/1/in/b.png -o sheet.png"})",
      {{"out/a.png", "d1"}, {"in/b.png", "d2"}});
  EXPECT_EQ(report["output"], "d1");
  EXPECT_EQ(report["styles"], nlohmann::json::array({"d2", "m.safetensors", 3}));
  EXPECT_EQ(report["command"], "atelier frame b.png -o sheet.png");
  EXPECT_TRUE(public_report("no json", {}).is_null());
}

TEST(Report, CutsPlacesOfTheMachineOutOfSentences) {
  EXPECT_EQ(without_places("the passphrase of /home/anna/.local/anna.pem is wrong."),
            "the passphrase of anna.pem is wrong.");
  EXPECT_EQ(without_places("'/srv/a b/c.png': no; see https://example.org/a/b and 1/2, /x."),
            "'a b/c.png': no; see https://example.org/a/b and 1/2, /x.");
  EXPECT_EQ(without_places("in/content-1.png (/a/)"), "in/content-1.png ()");
  EXPECT_EQ(without_places(""), "");
}

TEST(Report, SaysWhyACommandFailed) {
  const auto problem =
      failure_problem(2, "warning\natelier: it is too small; take a larger one.\n");
  EXPECT_EQ(problem["status"], 422);
  EXPECT_EQ(problem["detail"], "it is too small; take a larger one.");
  EXPECT_EQ(failure_problem(3, "")["status"], 503);
  EXPECT_EQ(failure_problem(1, "")["status"], 500);
  EXPECT_FALSE(failure_problem(1, "")["detail"].get<std::string>().empty());
}

}  // namespace
}  // namespace atelier::studio
