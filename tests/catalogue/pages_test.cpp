// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/jws.hpp"
#include "catalogue/html.hpp"
#include "catalogue/small_catalogue.hpp"

namespace atelier::catalogue {
namespace {

using test::refusal;
using testing::HasSubstr;
using testing::Not;

class Pages : public testing::Test, protected test::SmallCatalogue {
 protected:
  Pages() {
    write_file(home.path() / "poem.txt", "Rain <b>falls</b>\n");
    add_work(catalogue,
             {.number = "T.1",
              .kind = "poem",
              .title = "<script>alert('x')</script>",
              .artists = "A \"quoted\" & B",
              .description = "</pre><img src=x onerror=alert(1)>",
              .edition = 5,
              .price = "5.00 EUR"},
             {read_work_file(catalogue, home.path() / "poem.txt")});
    Event event;
    event.kind = "noted";
    event.note = "<i>note</i>";
    event.source = "<u>source</u>";
    record_event(catalogue, "T.1", event);
  }
  provenance::SigningKey key = provenance::SigningKey::generate(provenance::KeyAlgorithm::ed25519);
};

TEST_F(Pages, EscapeAllText) {
  for (const std::string& page :
       {certificate_page(catalogue, "T.1", 2, {}, Signer{"<em>anna</em>", &key}),
        catalogue_page(catalogue, {"T.1"}, {.title = "<em>t</em>"})}) {
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)"));
    EXPECT_THAT(page, HasSubstr("Rain &lt;b&gt;falls"));
    for (const char* tag : {"<script", "<img src=x", "<b>", "<i>", "<u>", "<em>",
                            "http-equiv=\"refresh\"", "https://"})
      EXPECT_THAT(page, Not(HasSubstr(tag)));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, HasSubstr("<svg class=\"qr\""));
    EXPECT_THAT(page, Not(HasSubstr("5.00 EUR")));
  }
  EXPECT_THAT(catalogue_page(catalogue, {"T.1"}, {.prices = true}), HasSubstr("5.00 EUR"));
  EXPECT_THAT(refusal([&] { static_cast<void>(certificate_page(catalogue, "T.1", 6, {}, {})); }),
              HasSubstr("no copy 6"));
}

TEST_F(Pages, HoldSignaturesThatAreVerified) {
  const std::string page = certificate_page(catalogue, "T.1", 2, {}, Signer{"anna", &key});
  const Certificate certificate = verify_certificate(page, "it");
  EXPECT_EQ(certificate.signer, "anna");
  EXPECT_EQ(certificate.key_id, thumbprint(key.public_key()));
  EXPECT_EQ(certificate.says.at("copy"), "2/5");
  EXPECT_EQ(certificate.says.at("files").at(0).at("sha256"), files_of(catalogue, "T.1")[0].digest);
  const std::size_t payload = page.find("payload&quot;: &quot;") + 21;
  for (const std::size_t at :
       {payload + 5, payload + 40, page.find("signature&quot;: &quot;") + 30}) {
    std::string changed = page;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(refusal([&] { static_cast<void>(verify_certificate(changed, "it")); }), "") << at;
  }
  EXPECT_THAT(
      refusal([&] {
        static_cast<void>(verify_certificate(certificate_page(catalogue, "T.1", 2, {}, {}), "it"));
      }),
      HasSubstr("holds no signature"));
}

TEST_F(Pages, ShowOnlyFilesThatAreWhatTheyWere) {
  write_file(home.path() / "poem.txt", "Other\n");
  EXPECT_THAT(certificate_page(catalogue, "T.1", 1, {}, {}), Not(HasSubstr("Other")));
}

TEST(QrCodes, HaveTheirFinderPatternsAndRefuseTooMuch) {
  const std::string code =
      qr_code("ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk", "32mm");
  // The corner of a finder: seven dark modules in a row behind four of white, then a light one.
  for (int x = 4; x < 11; ++x) EXPECT_THAT(code, HasSubstr(fmt::format("M{} 4h1v1h-1z", x)));
  EXPECT_THAT(code, Not(HasSubstr("M11 4h1v1h-1z")));
  EXPECT_THAT(code, Not(HasSubstr("M3 ")));
  EXPECT_THAT(refusal([] { static_cast<void>(qr_code(std::string(4000, 'a'), "1mm")); }),
              HasSubstr("too many"));
}

}  // namespace
}  // namespace atelier::catalogue
