// SPDX-License-Identifier: Apache-2.0
#include "studio/commands/request.hpp"

#include <gmock/gmock.h>

#include "studio/commands/command_line.hpp"
#include "studio/commands/describe.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string photo(64, 'a'), painting(64, 'b'), mask(64, 'c'), model(64, 'd'), film(64, 'e'),
    archive(64, 'f'), table(64, '7');

std::optional<FileType> type_of(const std::string& digest) {
  if (digest == photo || digest == painting || digest == mask)
    return FileType{"picture", "image/png", "png"};
  if (digest == archive) return FileType{"archive", "application/zip", "zip"};
  if (digest == film) return FileType{"film", "video/mp4", "mp4"};
  if (digest == model) return FileType{"model", "application/octet-stream", "safetensors"};
  if (digest == table) return FileType{"text", "text/plain", "txt"};
  return std::nullopt;
}

JobRequest parse(const json& request) {
  return parse_request(commands(), request);
}

json stylize(json options = json::object()) {
  return {{"command", "stylize"},
          {"inputs", {{"content", photo}, {"styles", {painting}}}},
          {"options", options}};
}

std::vector<std::string> words_of(const json& request) {
  const JobRequest parsed = parse(request);
  return command_line(*find_command(commands(), parsed.command), parsed, type_of).words;
}

std::string refusal(const json& request) {
  try {
    (void)words_of(request);
  } catch (const RequestError& error) {
    return error.name() + ": " + error.what();
  }
  return "taken";
}

TEST(Request, BecomesTheCommandLine) {
  json request = stylize({{"size", 256}, {"blend", {2, 1.5}}, {"init", "noise"}});
  request["options"].erase("init");
  request["inputs"]["init"] = "noise";
  request["inputs"]["styles"] = {painting, painting};
  request["inputs"]["style_mask"] = {mask, "-"};
  request["outputs"] = {{"picture", "jpg"}, {"plot", "svg"}};
  EXPECT_THAT(words_of(request),
              ElementsAre("stylize", "--json", "--size=256", "--blend=2.0,1.5", "--preview-every=2",
                          "-o", "out/picture.jpg", "--plot=out/plot.svg", "--preview=preview.jpg",
                          "--checkpoint=checkpoint.safetensors", "--checkpoint-unfit=replace",
                          "--style-mask=in/style_mask-1.png,-", "--init=noise", "--",
                          "in/content-1.png", "in/styles-1.png", "in/styles-2.png"));
}

TEST(Request, OfOnePassHasNoPreview) {
  const auto words = words_of(stylize({{"method", "fast"}}));
  EXPECT_THAT(words, testing::Not(testing::Contains(HasSubstr("preview"))));
}

/// Only what is painted step by step can be gone on with in the middle.
TEST(Request, OfOneStillPictureKeepsACheckpoint) {
  const auto has = testing::Contains(HasSubstr("checkpoint"));
  EXPECT_THAT(words_of(stylize({{"size", 64}})), has);
  EXPECT_THAT(words_of(stylize({{"method", "fast"}})), testing::Not(has));
  EXPECT_THAT(words_of(stylize({{"animate", true}})), testing::Not(has));
  json explained = stylize({{"size", 64}});
  explained["outputs"] = {{"picture", "png"}, {"explanation", "folder"}};
  EXPECT_THAT(words_of(explained), testing::Not(has));
  json moving = stylize({{"size", 64}});
  moving["inputs"]["content"] = film;
  moving["outputs"] = {{"picture", "mp4"}};
  EXPECT_THAT(words_of(moving), testing::Not(has));
  EXPECT_THAT(refusal(stylize({{"checkpoint", "/etc/x"}})), HasSubstr("no option 'checkpoint'"));
}

TEST(Request, TextIsNeverTakenForAnOption) {
  const auto words = words_of(
      {{"command", "write"}, {"options", {{"opening", "--help"}, {"title", "-o /etc/passwd"}}}});
  EXPECT_THAT(words, ElementsAre("write", "--json", "--title=-o /etc/passwd", "-o", "out/text.txt",
                                 "--", "--help"));
}

TEST(Request, MeansTheSameHoweverItIsWritten) {
  json one = stylize({{"size", 512}}), other = stylize({{"size", "512"}});
  other["inputs"]["content"] = {photo};
  other["label"] = "another label";
  other["priority"] = 3;
  EXPECT_EQ(request_digest(parse(one)), request_digest(parse(other)));
  EXPECT_NE(request_digest(parse(one)), request_digest(parse(stylize({{"size", 513}}))));
  EXPECT_EQ(to_json(parse(to_json(parse(one)))), to_json(parse(one)));
}

TEST(Request, IsRefusedWithTheNameOfWhatIsWrong) {
  EXPECT_THAT(refusal({{"command", "rm"}}), HasSubstr("command: there is no such command"));
  EXPECT_THAT(refusal(json::array()), HasSubstr("a JSON object"));
  EXPECT_THAT(refusal(stylize({{"size", 3}})), HasSubstr("size: --size does not take '3'"));
  EXPECT_THAT(refusal(stylize({{"sise", 300}})), HasSubstr("sise: 'stylize' has no option 'sise'"));
  EXPECT_THAT(refusal(stylize({{"size", json::array({1})}})), HasSubstr("size: "));
  EXPECT_THAT(refusal(stylize({{"blend", {"1,2"}}})), HasSubstr("no commas"));
  EXPECT_THAT(refusal(stylize({{"threads", 3}})), HasSubstr("no option 'threads'"));
  EXPECT_THAT(refusal(stylize({{"preview", "/etc/x"}})), HasSubstr("no option 'preview'"));
  json request = stylize();
  request["surprise"] = 1;
  EXPECT_THAT(refusal(request), HasSubstr("surprise: "));
  request = stylize();
  request["inputs"]["content"] = "../../etc/passwd";
  EXPECT_THAT(refusal(request), HasSubstr("content: input 'content' takes digests"));
  request["inputs"]["content"] = std::string(64, '9');
  EXPECT_THAT(refusal(request), HasSubstr("upload it first"));
  request["inputs"]["content"] = model;
  EXPECT_THAT(refusal(request), HasSubstr("is a model"));
  request["inputs"].erase("content");
  EXPECT_THAT(refusal(request), HasSubstr("takes 1 to 1 files"));
  request = stylize();
  request["outputs"] = {{"picture", "../x"}};
  EXPECT_THAT(refusal(request), HasSubstr("picture: output 'picture' is made as png"));
  request = stylize();
  request["priority"] = 11;
  EXPECT_THAT(refusal(request), HasSubstr("priority: "));
  request = stylize();
  request["label"] = std::string(201, 'x');
  EXPECT_THAT(refusal(request), HasSubstr("label: "));
  EXPECT_THAT(refusal({{"command", "write"}, {"options", {{"title", std::string("a\0b", 3)}}}}),
              HasSubstr("NUL"));
  EXPECT_THAT(refusal({{"command", "write"}, {"options", {{"title", "\xff"}}}}),
              HasSubstr("title"));
}

TEST(Request, ParentsMayBeSeeds) {
  const auto words = words_of(
      {{"command", "breed"}, {"inputs", {{"parents", {"seed:12", photo}}, {"model", model}}}});
  EXPECT_THAT(words,
              ElementsAre("breed", "--json", "-o", "out/picture.png",
                          "--model=in/model-1.safetensors", "--", "seed:12", "in/parents-2.png"));
  EXPECT_THAT(
      refusal({{"command", "breed"}, {"inputs", {{"parents", {"seed:x"}}, {"model", model}}}}),
      HasSubstr("parents: "));
}

/// An option that holds free text must not be a path: those are inputs and outputs.
TEST(Request, WorksOnWhatIsKeptUnderNamesOfOurs) {
  const auto words = words_of({{"command", "catalog-add"},
                               {"inputs", {{"files", {photo, painting}}}},
                               {"options", {{"title", "../../title"}, {"kind", "photograph"}}}});
  EXPECT_THAT(words,
              ElementsAre("catalog", "add", "--json", "--kind=photograph", "--title=../../title",
                          "--", "kept/catalogue", "kept/catalogue/files/" + photo + ".png",
                          "kept/catalogue/files/" + painting + ".png"));
  // Files that are brought without a word lie where the table's paths lead.
  EXPECT_THAT(
      words_of({{"command", "catalog-import"}, {"inputs", {{"file", table}, {"files", {photo}}}}}),
      ElementsAre("catalog", "import", "--files-in=kept/catalogue/files", "--json", "--format=csv",
                  "--", "kept/catalogue", "in/file-1.txt"));
  EXPECT_THAT(
      words_of({{"command", "catalog-init"}, {"options", {{"name", "x"}, {"ledger", true}}}}),
      ElementsAre("catalog", "init", "--json", "--name=x", "--ledger=kept/ledger", "--",
                  "kept/catalogue"));
  EXPECT_THAT(
      words_of({{"command", "ledger-verify"}, {"options", {{"key", {"a", "-b"}}}}}),
      ElementsAre("ledger", "verify", "--json", "--key=a", "--key=-b", "--", "kept/ledger"));
}

TEST(Request, SaysWhereThePassphraseIsAndNotWhatItIs) {
  const auto words = words_of(
      {{"command", "sign"}, {"inputs", {{"work", photo}}}, {"options", {{"identity", "me"}}}});
  EXPECT_THAT(words, ElementsAre("sign", "--json", "--identity=me", "-o", "out/signed.png",
                                 "--passphrase-file=/dev/stdin", "--", "in/work-1.png"));
}

TEST(Request, NeedsWhatIsNeeded) {
  EXPECT_THAT(refusal({{"command", "catalog-init"}}), HasSubstr("name: 'catalog-init' needs"));
  EXPECT_THAT(refusal({{"command", "sign"}, {"inputs", {{"work", photo}}}}),
              HasSubstr("identity: 'sign' needs"));
}

TEST(Request, BringsArchivesWhereNamesMatter) {
  EXPECT_THAT(words_of({{"command", "train-appraisal"},
                        {"inputs",
                         {{"styles", {archive, archive}}, {"content", archive}, {"top", archive}}},
                        {"options", {{"splits", 3}}}}),
              ElementsAre("train", "appraisal", "--json", "--splits=3", "--out=out/run",
                          "--content=in/content-1.zip", "--top=in/top-1.zip", "--",
                          "in/styles-1.zip", "in/styles-2.zip"));
  EXPECT_THAT(refusal({{"command", "train-appraisal"}, {"inputs", {{"styles", {photo}}}}}),
              HasSubstr("takes a archive"));
}

TEST(Request, GivesOneFileAsItselfAndManyAsAFolder) {
  json request{{"command", "train-gan"}, {"inputs", {{"pictures", {photo}}}}};
  EXPECT_THAT(words_of(request),
              ElementsAre("train", "gan", "--json", "--out=out/run", "--", "in/pictures-1.png"));
  request["inputs"]["pictures"] = {photo, painting};
  EXPECT_EQ(words_of(request).back(), "in/pictures");
}

TEST(Request, NamesResultsByPositionWhereTheCommandDoes) {
  // Of a packed set, in two files.
  const Command& split = *find_command(commands(), "dataset-split");
  const JobRequest request =
      parse({{"command", "dataset-split"}, {"inputs", {{"set", std::string(64, 'f')}}}});
  const auto set = [](const std::string&) { return FileType{"dataset", "", "set"}; };
  EXPECT_THAT(command_line(split, request, set).words,
              ElementsAre("dataset", "split", "--json", "--", "in/set-1.set", "out/first.set",
                          "out/second.set"));
}

TEST(Request, OfATrainingKeepsItsCheckpointByItself) {
  const JobRequest request =
      parse({{"command", "train-gan"}, {"inputs", {{"pictures", {std::string(64, 'f')}}}}});
  const auto set = [](const std::string&) { return FileType{"dataset", "", "set"}; };
  const CommandLine line = command_line(*find_command(commands(), "train-gan"), request, set);
  EXPECT_EQ(line.checkpoint, "out/run/checkpoint.safetensors");
  EXPECT_THAT(line.words, testing::Contains("--out=out/run"));
  EXPECT_THAT(line.words, testing::Not(testing::Contains(HasSubstr("checkpoint="))));
}

TEST(Output, OfAFolderDeliversWhatIsNamed) {
  const Output output{.name = "run",
                      .help = "",
                      .flag = "",
                      .formats = {folder_format},
                      .only = {"model.safetensors", "preview-*.png"}};
  EXPECT_TRUE(output.delivers("model.safetensors"));
  EXPECT_TRUE(output.delivers("preview-0000100.png"));
  EXPECT_FALSE(output.delivers("checkpoint.safetensors"));
  EXPECT_FALSE(output.delivers("preview-1.png.part"));
  EXPECT_FALSE(output.delivers("xmodel.safetensors"));
}

TEST(Commands, TakeNoPathFromOutside) {
  // Looked at one by one: what each is to the program.
  // Names of identities and models are looked up among those there are, inventory numbers among the
  // catalogue's; keys of ledgers are read as text.
  const std::set<std::string> harmless{"acrostic",
                                       "amount",
                                       "artist",
                                       "artists",
                                       "as",
                                       "aspect",
                                       "augment",
                                       "author",
                                       "born",
                                       "borrower",
                                       "class",
                                       "contact",
                                       "content-layers",
                                       "credit",
                                       "date",
                                       "delimiter",
                                       "description",
                                       "died",
                                       "digest",
                                       "dimensions",
                                       "due",
                                       "exhibition",
                                       "first-line",
                                       "form",
                                       "frames",
                                       "identity",
                                       "key",
                                       "keyword",
                                       "keywords",
                                       "label-column",
                                       "language",
                                       "licence",
                                       "location",
                                       "log",
                                       "made",
                                       "max-price",
                                       "medium",
                                       "metre",
                                       "min-price",
                                       "move",
                                       "name",
                                       "names",
                                       "note",
                                       "number",
                                       "numbers",
                                       "opening",
                                       "organization",
                                       "origin",
                                       "owner",
                                       "party",
                                       "place",
                                       "price",
                                       "protect-colors",
                                       "region",
                                       "rights",
                                       "show",
                                       "source",
                                       "status",
                                       "style-layers",
                                       "style-map-colors",
                                       "subject",
                                       "title",
                                       "to",
                                       "topic",
                                       "uri",
                                       "url",
                                       "viewers",
                                       "witness",
                                       "words"};
  for (const Command& command : commands()) {
    for (const Option& option : command.options) {
      const bool text = std::holds_alternative<std::string>(option.default_value) ||
                        std::holds_alternative<std::vector<std::string>>(option.default_value);
      if (!text || !option.spec.choices.empty()) continue;
      EXPECT_TRUE(harmless.contains(option.spec.name))
          << command.name << " --" << option.spec.name << " (" << option.spec.unit
          << ") takes free text; decide whether it can be a path";
    }
  }
}

TEST(Commands, AreDescribedWithRangeDefaultAndHelp) {
  const json described = describe(*find_command(commands(), "stylize"));
  const auto& options = described["options"];
  const auto size = std::find_if(options.begin(), options.end(),
                                 [](const auto& one) { return one["name"] == "size"; });
  ASSERT_NE(size, options.end());
  EXPECT_EQ((*size)["type"], "integer");
  EXPECT_EQ((*size)["minimum"], 16);
  EXPECT_EQ((*size)["maximum"], 65536);
  EXPECT_EQ((*size)["default"], 512);
  EXPECT_EQ((*size)["unit"], "px");
  EXPECT_EQ((*size)["words"], json::array({"native"}));
  for (const Command& command : commands()) {
    EXPECT_FALSE(command.help.empty());
    const json own = describe(command);
    for (const auto& option : own["options"]) {
      EXPECT_FALSE(option["help"].get<std::string>().empty()) << option["name"];
    }
    const json schema = request_schema(command);
    EXPECT_EQ(schema["properties"]["command"]["const"], command.name);
  }
}

}  // namespace
}  // namespace atelier::studio
