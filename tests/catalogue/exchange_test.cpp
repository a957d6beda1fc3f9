// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "catalogue/small_catalogue.hpp"

namespace atelier::catalogue {
namespace {

using test::SmallCatalogue;

constexpr std::uintmax_t limit = 1 << 20;

class Exchange : public testing::Test, protected SmallCatalogue {
 protected:
  Exchange() {
    write_file(home.path() / "rain.txt", "Rain.\n");
    Work print{.number = "P.1",
               .kind = "print",
               .title = "=Garden, \"wet\"",
               .artists = "Édouard Manet (after); B. M.",
               .date = "1872/1874~",
               .medium = "etching",
               .dimensions = "10 x 20 cm",
               .keywords = "garden; 雨",
               .description = "Two lines,\n<b>no</b> & more",
               .rights = "http://rightsstatements.org/vocab/NoC-US/1.0/",
               .licence = "CC-BY-SA-4.0",
               .credit = "Gift of '-A'",
               .edition = 50,
               .proofs = 5,
               .location = "Room 1"};
    Work poem{.number = "T-2",
              .kind = "poem",
              .title = "雨",
              .language = "zh-Hant",
              .licence = "LicenseRef-house"};
    Work song{.number = "2026.1", .kind = "music", .title = "Song", .date = "2026-01-02"};
    add_work(catalogue, print, {read_work_file(catalogue, home.path() / "rain.txt")});
    add_work(catalogue, poem);
    add_work(catalogue, song);
  }
  std::string exported(const Catalogue& from, Format format) const {
    const std::filesystem::path file = home.path() / "out";
    export_works(from, all_numbers(from), file, format);
    return read_file(file, limit);
  }
  /// A second catalogue with what the first wrote.
  Catalogue copy(Format format) const {
    const std::filesystem::path other = home.path() / "other", file = home.path() / "exchanged";
    export_works(catalogue, all_numbers(catalogue), file, format);
    if (format ==
        Format::csv) {  // paths are those of this machine, and are not taken from elsewhere
      std::string text = read_file(file, limit);
      const std::string path = std::filesystem::canonical(home.path() / "rain.txt");
      text.replace(text.find(path), path.size(), "rain.txt");
      write_file(file, text);
    }
    Catalogue::create(other, "Other", test::server_of_tests());
    Catalogue made(other);
    EXPECT_EQ(import_works(made, file, format, home.path()), 3);
    return made;
  }
};

TEST_F(Exchange, OfCsvGivesBackWhatItWasWrittenFrom) {
  const Catalogue other = copy(Format::csv);
  for (const std::string& number : all_numbers(catalogue))
    EXPECT_EQ(work(other, number), work(catalogue, number));
  EXPECT_EQ(files_of(other, "P.1").at(0).digest, files_of(catalogue, "P.1").at(0).digest);
  EXPECT_EQ(exported(other, Format::csv), exported(catalogue, Format::csv));
  EXPECT_EQ(exported(catalogue, Format::csv).find("\n="), std::string::npos);
  EXPECT_NE(exported(catalogue, Format::csv).find("\"'=Garden, \"\"wet\"\"\""), std::string::npos);
}

TEST_F(Exchange, OfCsvTakesFilesAsItNamesThem) {
  // In the catalogue's folder, and elsewhere: both as they were exported, and nothing beside.
  const std::filesystem::path other = home.path() / "other", table = home.path() / "works.csv";
  Catalogue::create(other, "Other", test::server_of_tests());
  const Catalogue made(other);
  std::filesystem::create_directories(other / "files");
  write_file(other / "files" / "sea.txt", "Sea.\n");
  add_work(made, {.number = "S", .title = "Sea"}, {read_work_file(made, other / "files/sea.txt")});
  export_works(made, {"S"}, table, Format::csv);
  std::string text = read_file(table, limit);
  EXPECT_NE(text.find("files/sea.txt"), std::string::npos);
  text.replace(text.find("\r\nS,") + 2, 1, "T");
  write_file(table, text);
  EXPECT_EQ(import_works(made, table, Format::csv, other / "files"), 1);
  EXPECT_EQ(files_of(made, "T").at(0).path, "files/sea.txt");

  const std::filesystem::path rain = std::filesystem::canonical(home.path() / "rain.txt");
  write_file(table, "title,files\nRain," + rain.string() + "\n");
  EXPECT_EQ(import_works(made, table, Format::csv, home.path()), 1);
  EXPECT_THROW(import_works(made, table, Format::csv, other / "files"), Error);
  write_file(table, "title,files\nIt,catalogue.sqlite\n");
  EXPECT_THROW(import_works(made, table, Format::csv, other / "files"), Error);
}

TEST_F(Exchange, OfLinkedArtAndDublinCoreGivesBackWhatTheyHaveWordsFor) {
  for (const Format format : {Format::linked_art, Format::dublin_core}) {
    std::filesystem::remove_all(home.path() / "other");
    const Catalogue other = copy(format);
    for (const std::string& number : all_numbers(catalogue)) {
      Work expected = work(catalogue, number), found = work(other, number);
      if (format == Format::dublin_core) {  // it has no word for these
        expected.edition = 1;
        expected.proofs = 0;
      }
      EXPECT_EQ(found, expected) << number;
    }
  }
}

TEST_F(Exchange, KeepsPrivateWhatIs) {
  keep_party(catalogue, {.name = "B. M.", .contact = "Secret street 1"}, {});
  for (const Format format : {Format::csv, Format::linked_art, Format::dublin_core})
    EXPECT_EQ(exported(catalogue, format).find("Secret"), std::string::npos);
}

TEST_F(Exchange, ReadsDublinCoreOfOthers) {
  write_file(home.path() / "dc.xml",
             "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><m "
             "xmlns:d=\"http://purl.org/dc/elements/1.1/\"><r>"
             "<d:title>Caf\xE9</d:title><d:creator>A</d:creator><d:creator>B</"
             "d:creator><d:type>Sound</d:type>"
             "<d:date>187X</d:date><x>ignored</x></r></m>");
  EXPECT_EQ(import_works(catalogue, home.path() / "dc.xml", Format::dublin_core, home.path()), 1);
  const Work read = work(catalogue, all_numbers(catalogue).back());
  EXPECT_EQ(read.title, "Café");
  EXPECT_EQ(read.artists, "A; B");
  EXPECT_EQ(read.kind, "music");
}

TEST_F(Exchange, ReadsLinkedArtOfOthers) {
  // As linked.art's own pages show objects: one alone, terms with labels, a date without a name.
  write_file(home.path() / "one.json",
             R"json({"@context":"https://linked.art/ns/v1/linked-art.json",
    "id":"https://linked.art/example/object/1","type":"HumanMadeObject","_label":"Spring",
    "classified_as":[{"id":"http://vocab.getty.edu/aat/300033618","type":"Type","_label":"Painting"}],
    "identified_by":[
      {"type":"Identifier","content":"1909.1",
       "classified_as":[{"id":"http://vocab.getty.edu/aat/300312355","type":"Type"}]},
      {"type":"Name","content":"Jeanne (Spring)"}],
    "produced_by":{"type":"Production",
      "timespan":{"type":"TimeSpan","begin_of_the_begin":"1881-01-01T00:00:00Z",
                  "end_of_the_end":"1881-12-31T23:59:59Z"},
      "carried_out_by":[{"id":"https://example.org/manet","type":"Person","_label":"Manet"}]}})json");
  EXPECT_EQ(import_works(catalogue, home.path() / "one.json", Format::linked_art, home.path()), 1);
  const Work read = work(catalogue, "1909.1");
  EXPECT_EQ(read.title, "Jeanne (Spring)");
  EXPECT_EQ(read.artists, "Manet");
  EXPECT_EQ(read.date, "1881-01-01/1881-12-31");
  EXPECT_EQ(read.kind, "picture");
}

}  // namespace
}  // namespace atelier::catalogue
