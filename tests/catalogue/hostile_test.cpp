// SPDX-License-Identifier: Apache-2.0
// Files that mean harm: each is refused in a sentence, and nothing of it is kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "atelier/base/atomic_file.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/exchange.hpp"
#include "catalogue/small_catalogue.hpp"

namespace atelier::catalogue {
namespace {

using test::refusal;

struct Hostile {
  const char* name;  ///< its suffix tells the format
  std::string content;
  const char* says;  ///< a part of the sentence
};

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

const std::string context = R"("@context":"https://linked.art/ns/v1/linked-art.json",)";
const std::string dc = R"(<r xmlns:dc="http://purl.org/dc/elements/1.1/">)";

std::vector<Hostile> hostile_files() {
  const std::string bomb =
      "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
      "\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
      "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
  return {
      // Tables
      {"open_quote.csv", "title,date\n\"never closed," + repeated("x\n", 1000), "never closed"},
      {"huge_field.csv", "title\n" + std::string(1 << 20, 'a') + "\n", "more than 65536 bytes"},
      {"huge_quoted.csv", "title\n\"" + repeated("\"\"", 1 << 18) + "\"\n",
       "more than 65536 bytes"},
      {"many_columns.csv", repeated("title,", 100'000), "more than 100 columns"},
      {"many_fields.csv", "title\n" + repeated(",", 50) + "\n", "fields where the first row has 1"},
      {"unknown_column.csv", "title,password\na,b\n", "column 'password'"},
      {"same_column.csv", "title,title\na,b\n", "twice"},
      {"no_title.csv", "number\n1\n", "no column 'title'"},
      {"utf16.csv", std::string("\xFF\xFEt\0i\0t\0l\0e\0", 12), "UTF-16"},
      {"latin1.csv", "title\nCaf\xE9\n", "line 2, is no UTF-8"},
      {"overlong.csv", "title\n\xC0\xAF\n", "no UTF-8"},
      {"zero.csv", std::string("title\na\0b\n", 10), "zero bytes"},
      {"direction.csv",
       "title\nharmless\xE2\x80\xAE"
       "gnp.exe\n",
       "U+202E"},
      {"control.csv", "title\na\x1B[2Jb\n", "U+001B"},
      {"traversal.csv", "title,files\na,../../../../etc/passwd\n", "leads out of"},
      {"absolute.csv", "title,files\na,/etc/passwd\n", "leads out of"},
      {"link.csv", "title,files\na,link/passwd\n", "leads out of"},
      {"missing.csv", "title,files\na,none.png\n", "no file"},
      {"number.csv", "title,number\na,../../x\n", "inventory number"},
      {"price.csv", "title,price\na,99999999999999999999999 EUR\n", "too much"},
      {"edition.csv", "title,edition\na,2000000000\n", "edition"},
      {"after_good_ones.csv", "title,date\n" + repeated("a,1874\n", 500) + "b,yesterday\n",
       "line 502"},
      {"binary.csv", std::string("\x1F\x8B\x08") + std::string(64, '\xFE'), "no UTF-8"},
      // Linked Art
      {"cut.json", "{" + context + R"("@graph":[{"type":"HumanMadeObject","_label":"a")",
       "no JSON of one meaning"},
      {"deep.json", "{" + context + R"("@graph":)" + repeated("[", 100'000),
       "no JSON of one meaning"},
      {"twice.json", "{" + context + context + R"("type":"HumanMadeObject","_label":"a"})",
       "no JSON of one meaning"},
      {"fetch.json",
       R"({"@context":"http://169.254.169.254/latest/","type":"HumanMadeObject","_label":"a"})",
       "@context"},
      {"own_context.json",
       R"({"@context":["https://linked.art/ns/v1/linked-art.json",{"title":"http://x"}],"type":"HumanMadeObject"})",
       "@context"},
      {"surrogate.json", "{" + context + R"("type":"HumanMadeObject","_label":"\ud800"})",
       "no JSON of one meaning"},
      {"types.json", "{" + context + R"("@graph":[17,null]})", "no type of a work"},
      {"odd.json",
       "{" + context + R"("type":"HumanMadeObject","_label":["a",{"b":[]}],"identified_by":7,
         "produced_by":{"timespan":[{"begin_of_the_begin":"9999999"}]}})",
       "no date"},
      {"huge_title.json",
       "{" + context + R"("type":"HumanMadeObject","_label":")" + std::string(1 << 20, 'a') + "\"}",
       "1048576 bytes"},
      // Dublin Core
      {"laughs.xml", "<?xml version=\"1.0\"?>" + bomb + dc + "<dc:title>&c;</dc:title></r>",
       "document type"},
      {"external.xml",
       "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + dc +
           "<dc:title>&x;</dc:title></r>",
       "document type"},
      {"outside.xml",
       "<!DOCTYPE r SYSTEM \"http://example.org/x.dtd\">" + dc + "<dc:title>a</dc:title></r>",
       "document type"},
      {"unknown_entity.xml", dc + "<dc:title>&x;</dc:title></r>", "undefined entity"},
      {"deep.xml", repeated("<a>", 100'000), "too deep"},
      {"long.xml", dc + "<dc:title>" + std::string(1 << 20, 'a') + "</dc:title></r>",
       "too long a text"},
      {"cut.xml", dc + "<dc:title>a</dc:title>", "line 1"},
      {"crossed.xml", dc + "<dc:title>a</r></dc:title>", "mismatched"},
      {"other.xml", "<html><body>a</body></html>", "no element of Dublin Core"},
      {"encoding.xml",
       "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + dc + "<dc:title>a</dc:title></r>",
       "unknown encoding"},
      {"wrong_encoding.xml", dc + "<dc:title>\xFF\xFE</dc:title></r>", "not well-formed"},
      {"rights.xml", dc + "<dc:title>a</dc:title><dc:rights>javascript:alert(1)</dc:rights></r>",
       "rights statement"},
  };
}

class HostileFiles : public testing::Test, protected test::SmallCatalogue {};

TEST_F(HostileFiles, AreRefusedInASentence) {
  std::filesystem::create_directories(home.path() / "in");
  std::filesystem::create_directory_symlink("/etc", home.path() / "in/link");
  ASSERT_GE(hostile_files().size(), 30U);
  for (const Hostile& hostile : hostile_files()) {
    const std::filesystem::path file = home.path() / "in" / hostile.name;
    write_file(file, hostile.content);
    const std::string why =
        refusal([&] { import_works(catalogue, file, format_of(file), file.parent_path()); });
    EXPECT_THAT(why, testing::HasSubstr(hostile.says)) << hostile.name;
    EXPECT_EQ(why.find('\n'), why.npos) << hostile.name;
    EXPECT_LT(why.size(), 700U) << hostile.name;
    EXPECT_EQ(catalogue.size(), 0) << hostile.name;
  }
  expect_order();
}

TEST_F(HostileFiles, OfMoreThanTheLimitAreNotRead) {
  const std::filesystem::path file = home.path() / "large.csv";
  write_file(file, "title\n");
  std::filesystem::resize_file(file, max_import_bytes + 1);
  EXPECT_THAT(refusal([&] { import_works(catalogue, file, Format::csv, home.path()); }),
              testing::HasSubstr("large.csv"));
}

TEST_F(HostileFiles, ThatAreOnlyTextStayText) {
  // Formulas, markup and SQL are titles like others.
  const std::string text =
      "title,medium\n"
      "\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",\"<script>alert(1)</script>\"\n"
      "\"'); DROP TABLE works; --\",@SUM(1+1)*cmd|' /C calc'!A0\n"
      "\"{{7*7}} ${7*7} %s%n\",\"\"\"><img src=x onerror=alert(1)>\"\n";
  write_file(home.path() / "text.csv", text);
  EXPECT_EQ(import_works(catalogue, home.path() / "text.csv", Format::csv, home.path()), 3);
  EXPECT_EQ(work(catalogue, all_numbers(catalogue)[1]).title, "'); DROP TABLE works; --");
  export_works(catalogue, all_numbers(catalogue), home.path() / "out.csv", Format::csv);
  const std::string out = read_file(home.path() / "out.csv", 1 << 20);
  EXPECT_THAT(out, testing::HasSubstr("\"'=HYPERLINK("));
  EXPECT_THAT(out, testing::HasSubstr(",'@SUM(1+1)"));
  expect_order();
}

}  // namespace
}  // namespace atelier::catalogue
