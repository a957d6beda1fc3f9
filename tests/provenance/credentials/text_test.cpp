// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "base/error_matcher.hpp"
#include "provenance/credentials/definition.hpp"
#include "provenance/credentials/findings.hpp"
#include "provenance/credentials/media_type.hpp"
#include "provenance/credentials/plain_text.hpp"
#include "provenance/credentials/report.hpp"

namespace atelier::provenance {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(PlainText, ShowsNothingThatSteersATerminal) {
  EXPECT_EQ(plain_line("Anna Bäcker 安娜"), "Anna Bäcker 安娜");
  EXPECT_EQ(plain_line("a\x1B[31mb\nc\x7F"), "a\uFFFD[31mb\uFFFDc\uFFFD");
  EXPECT_EQ(plain_line("\u202Egnp.exe"), "\uFFFDgnp.exe");
  EXPECT_EQ(plain_line("\xC2\x9B"
                       "31m"),
            "\uFFFD31m");
  EXPECT_EQ(plain_line("a\xFF\xFE"), "a\uFFFD\uFFFD");
  EXPECT_EQ(plain_line("abcdef", 3), "abc...");
  EXPECT_EQ(plain_line("abc", 3), "abc");
  EXPECT_TRUE(is_plain_line("ä", 1));
  for (const char* bad : {"", "ab", "\t", "\xFF", "\u2028"}) EXPECT_FALSE(is_plain_line(bad, 1));
}

TEST(MediaType, IsKnownByContent) {
  const TemporaryFolder folder;
  const auto type = [&](const char* name, std::string_view bytes) {
    const auto file = folder.path() / name;
    write_file(file, bytes);
    return media_type_of(file).name;
  };
  using namespace std::string_view_literals;
  EXPECT_EQ(type("a.jpg", "\x89PNG\r\n\x1A\n"sv), "image/png");
  EXPECT_EQ(type("a.png", "\xFF\xD8\xFF\xE0"sv), "image/jpeg");
  EXPECT_EQ(type("a", "II*\0"sv), "image/tiff");
  EXPECT_EQ(type("a", "MM\0*"sv), "image/tiff");
  EXPECT_EQ(type("a", "RIFF\1\0\0\0WEBPVP8 "sv), "image/webp");
  EXPECT_EQ(type("a", "RIFF\1\0\0\0WAVEfmt "sv), "audio/wav");
  EXPECT_EQ(type("a", "RIFF\1\0\0\0"sv), "application/octet-stream");
  EXPECT_EQ(type("a",
                 "\0\0\0\x18"
                 "ftypmp42"sv),
            "video/mp4");
  EXPECT_EQ(type("a",
                 "\0\0\0\x18"
                 "ftypqt  "sv),
            "video/quicktime");
  EXPECT_EQ(type("a.mid", "MThd\0\0\0\6"sv), "audio/midi");
  EXPECT_EQ(type("a.txt", "a poem"sv), "text/plain");
  EXPECT_EQ(type("a.txt", ""sv), "text/plain");
  EXPECT_EQ(type("a.dat", ""sv), "application/octet-stream");
  EXPECT_ERROR(media_type_of(folder.path() / "none"), bad_input, HasSubstr("none"));
  EXPECT_ERROR(media_type_of(folder.path()), bad_input, HasSubstr("cannot be read"));
}

Statement small() {
  Statement said;
  said.title = "a.png";
  said.program_version = "1.2";
  said.time = 1'800'000'000;
  said.ingredients = {{Ingredient::Relation::parent, "photo.jpg", "11", "/tmp/photo.jpg", false},
                      {Ingredient::Relation::input, "vgg19", "22", {}, true}};
  said.deeds = {{"c2pa.opened", "", "", {0}},
                {"c2pa.filtered", "painted", "compositeWithTrainedAlgorithmicMedia", {1}}};
  return said;
}

json assertion(const json& definition, const std::string& label) {
  for (const json& one : definition.at("assertions")) {
    if (one.at("label") == label) return one.at("data");
  }
  return nullptr;
}

TEST(Definition, SaysWhatWasDoneWithWhat) {
  const json definition = definition_json(small());
  EXPECT_EQ(definition.at("claim_version"), 2);
  EXPECT_EQ(definition.at("title"), "a.png");
  const json actions = assertion(definition, "c2pa.actions.v2").at("actions");
  ASSERT_EQ(actions.size(), 2U);
  EXPECT_EQ(actions[0].at("action"), "c2pa.opened");
  EXPECT_FALSE(actions[0].contains("digitalSourceType"));
  EXPECT_EQ(actions[0].at("parameters").at("ingredientIds"), json({"ingredient-0"}));
  EXPECT_EQ(actions[1].at("digitalSourceType"),
            "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia");
  EXPECT_EQ(actions[1].at("softwareAgent").at("version"), "1.2");
  // What is at hand is added with its bytes; models are named.
  ASSERT_EQ(definition.at("ingredients").size(), 1U);
  const json model = definition.at("ingredients")[0];
  EXPECT_EQ(model.at("title"), "vgg19");
  EXPECT_EQ(model.at("description"), "SHA-256 22");
  EXPECT_EQ(model.at("data_types")[0].at("type"), "c2pa.types.model");
  const json photo = ingredient_json(small().ingredients[0], 0);
  EXPECT_EQ(photo.at("relationship"), "parentOf");
  EXPECT_EQ(photo.at("label"), "ingredient-0");
  EXPECT_FALSE(photo.contains("format"));
  EXPECT_EQ(photo.dump().find("/tmp"), std::string::npos);
}

TEST(Definition, SaysNothingThatWasNotSaid) {
  Statement said = small();
  json definition = definition_json(said);
  EXPECT_EQ(assertion(definition, "cawg.metadata").at("xmp:MetadataDate"), "2027-01-15T08:00:00Z");
  EXPECT_FALSE(assertion(definition, "cawg.metadata").contains("dc:creator"));
  EXPECT_FALSE(assertion(definition, "cawg.metadata").contains("dc:rights"));
  EXPECT_TRUE(assertion(definition, "cawg.training-mining").is_null());
  EXPECT_TRUE(assertion(definition, recipe_label).is_null());
  said.author = "Anna";
  said.licence = "CC-BY-SA-4.0";
  said.no_training = true;
  said.recipe = {{"seed", 1}};
  definition = definition_json(said);
  const json metadata = assertion(definition, "cawg.metadata");
  EXPECT_EQ(metadata.at("dc:creator"), json({"Anna"}));
  EXPECT_EQ(metadata.at("dc:rights"), "CC-BY-SA-4.0");
  EXPECT_EQ(metadata.at("xmpRights:WebStatement"),
            "https://creativecommons.org/licenses/by-sa/4.0/");
  const json entries = assertion(definition, "cawg.training-mining").at("entries");
  EXPECT_EQ(entries.size(), 3U);
  for (const json& entry : entries) EXPECT_EQ(entry.at("use"), "notAllowed");
  EXPECT_EQ(assertion(definition, recipe_label).at("seed"), 1);
}

TEST(Definition, KnowsPagesOfLicences) {
  const auto page = [](const char* licence) {
    Statement said = small();
    said.licence = licence;
    return assertion(definition_json(said), "cawg.metadata").value("xmpRights:WebStatement", "");
  };
  EXPECT_EQ(page("CC0-1.0"), "https://creativecommons.org/publicdomain/zero/1.0/");
  EXPECT_EQ(page("CC-BY-NC-ND-3.0"), "https://creativecommons.org/licenses/by-nc-nd/3.0/");
  EXPECT_EQ(page("https://example.org/terms"), "https://example.org/terms");
  for (const char* words : {"all rights reserved", "CC-BY", "MIT", "CC-"})
    EXPECT_EQ(page(words), "");
}

TEST(Definition, RefusesWhatIsNoLine) {
  Statement said = small();
  said.author = "a\nb";
  EXPECT_ERROR(definition_json(said), invalid_argument, HasSubstr("the author"));
  said = small();
  said.title = "\xFF";
  EXPECT_ERROR(definition_json(said), invalid_argument, HasSubstr("the title"));
  said = small();
  said.licence = std::string(1001, 'x');
  EXPECT_ERROR(definition_json(said), invalid_argument, HasSubstr("1000"));
}

TEST(SourceTypes, AreFoundByWordAndCode) {
  for (const SourceType& type : source_types()) {
    EXPECT_EQ(find_source_type(type.word), &type);
    EXPECT_EQ(find_source_type(type.code), &type);
  }
  EXPECT_EQ(find_source_type("nothing"), nullptr);
}

TEST(Findings, NameThePart) {
  const std::string place = "self#jumbf=/c2pa/urn:c2pa:1/c2pa.assertions/";
  const auto found = findings_in(json::array(
      {{{"code", "assertion.dataHash.mismatch"}, {"url", place + "c2pa.hash.data"}},
       {{"code", "assertion.hashedURI.mismatch"}, {"url", place + "c2pa.actions.v2"}},
       {{"code", "assertion.hashedURI.mismatch"}, {"url", place + "c2pa.ingredient.v3__2"}},
       {{"code", "assertion.hashedURI.mismatch"}, {"url", place + "c2pa.ingredient.v3"}},
       {{"code", "signingCredential.untrusted"}, {"url", "x"}},
       {{"code", "new.code"}, {"url", "a/b\x1B"}, {"explanation", "some\nwords"}}}));
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].sentence, "the file was changed after it was signed");
  EXPECT_EQ(found[0].part, "the file");
  EXPECT_EQ(found[1].sentence, "what was done was changed after it was signed");
  EXPECT_EQ(found[2].part, "ingredient 3");
  EXPECT_EQ(found[3].part, "ingredient 1");
  EXPECT_EQ(found[4].part, "b\uFFFD");
  EXPECT_EQ(found[4].sentence, "some\uFFFDwords");
}

TEST(Report, OfAnyJsonIsReadOrBroken) {
  for (
      const char* text :
      {"null", "[]", "{}", "1", R"({"active_manifest":1})",
       R"({"active_manifest":"a","manifests":[]})",
       R"({"active_manifest":"a","manifests":{"a":{}},"validation_state":"Invalid"})",
       R"({"active_manifest":"a","manifests":{"a":{"assertions":7,"ingredients":[1,null,{"title":2}],
            "claim_generator_info":[3],"signature_info":[]}}})",
       R"({"validation_state":"Trusted"})"}) {
    Verification found;
    read_report(json::parse(text), found);
    EXPECT_EQ(found.state, Verification::State::broken) << text;
    EXPECT_FALSE(found.findings.empty()) << text;
    EXPECT_FALSE(found.trusted) << text;
  }
}

TEST(Report, DoesNotHoldWhenAnIngredientDoesNotAnyMore) {
  json report = json::parse(R"({"active_manifest":"a","manifests":{"a":{"title":"t"}},
      "validation_state":"Trusted","validation_results":{"activeManifest":{"failure":[]}}})");
  Verification found;
  read_report(report, found);
  EXPECT_EQ(found.state, Verification::State::holds);
  EXPECT_TRUE(found.trusted);
  report["validation_results"]["ingredientDeltas"] = {
      {{"validationDeltas",
        {{"failure", {{{"code", "claimSignature.mismatch"}, {"url", "x/c2pa.signature"}}}}}}}};
  Verification again;
  read_report(report, again);
  EXPECT_EQ(again.state, Verification::State::broken);
  EXPECT_FALSE(again.trusted);
}

}  // namespace
}  // namespace atelier::provenance
