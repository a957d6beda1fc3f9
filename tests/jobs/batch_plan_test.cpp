// SPDX-License-Identifier: Apache-2.0
#include "jobs/batch_plan.hpp"

#include <gmock/gmock.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class BatchPlanTest : public testing::Test {
 protected:
  void SetUp() override {
    request_.output = path("out");
    make("style.jpg");
    request_.styles = {path("style.jpg")};
  }
  void make(const std::string& name, const std::string& content = "x") const {
    fs::create_directories(fs::path(path(name)).parent_path());
    write_file(path(name), content);
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  [[nodiscard]] std::vector<std::string> outputs() const {
    std::vector<std::string> outputs;
    for (const BatchItem& item : plan_batch(request_).items)
      outputs.push_back(item.output.lexically_relative(request_.output).string());
    return outputs;
  }
  [[nodiscard]] std::string refusal() const {
    try {
      (void)plan_batch(request_);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
  BatchRequest request_;
};

TEST_F(BatchPlanTest, MirrorsTheTreeAndKeepsEachFormat) {
  for (const char* name : {"in/a.jpg", "in/sea/b.PNG", "in/sea/deep/c.webp"}) make(name);
  request_.content = path("in");
  EXPECT_THAT(outputs(), ElementsAre("a.jpg", "sea/b.PNG", "sea/deep/c.webp"));
  request_.content = path("in/**/?.*");
  EXPECT_THAT(outputs(), ElementsAre("a.jpg", "sea/b.PNG", "sea/deep/c.webp"));
  request_.batch.format = "tif";
  EXPECT_THAT(outputs(), ElementsAre("a.tif", "sea/b.tif", "sea/deep/c.tif"));
}

TEST_F(BatchPlanTest, SuffixOrFirstBytesMakeAPicture) {
  make("in/broken.jpg", "no picture at all");
  make("in/notes.txt", "no picture at all");
  make("in/scan", "\x89PNG\r\n\x1a\n");
  make("in/.DS_Store", "\x89PNG\r\n\x1a\n");
  request_.content = path("in");
  EXPECT_THAT(outputs(), ElementsAre("broken.jpg", "scan.png"));
}

TEST_F(BatchPlanTest, OneFormatOverwritesNothing) {
  for (const char* name : {"in/a.png", "in/a.jpg", "in/b.jpg"}) make(name);
  request_.content = path("in");
  request_.batch.format = "png";
  EXPECT_THAT(outputs(), UnorderedElementsAre("a-png.png", "a-jpg.png", "b.png"));
}

TEST_F(BatchPlanTest, AFolderOfStylesIsTakenInTurn) {
  for (const char* name : {"in/a.jpg", "in/b.jpg", "styles/sky.jpg", "styles/old/sea.png"})
    make(name);
  request_.content = path("in");
  request_.styles = {path("styles")};
  EXPECT_THAT(outputs(), ElementsAre("old/sea/a.jpg", "old/sea/b.jpg", "sky/a.jpg", "sky/b.jpg"));
  request_.content = path("in/a.jpg");
  EXPECT_THAT(outputs(), ElementsAre("a-old-sea.jpg", "a-sky.jpg"));
}

TEST_F(BatchPlanTest, StylesNamedOneByOneAreBlended) {
  make("in/a.jpg");
  make("other.jpg");
  request_.content = path("in");
  request_.styles = {path("style.jpg"), path("other.jpg")};
  const BatchPlan plan = plan_batch(request_);
  ASSERT_EQ(plan.items.size(), 1U);
  EXPECT_THAT(plan.items[0].styles, ElementsAre(path("style.jpg"), path("other.jpg")));
}

TEST_F(BatchPlanTest, StylesOfOneNameStandApart) {
  for (const char* name : {"in/a.jpg", "styles/x.jpg", "styles/x.png"}) make(name);
  request_.content = path("in");
  request_.styles = {path("styles")};
  EXPECT_THAT(outputs(), UnorderedElementsAre("x-jpg/a.jpg", "x-png/a.jpg"));
}

TEST_F(BatchPlanTest, ResultsAmongTheContentsAreNotPaintedAgain) {
  for (const char* name : {"in/a.jpg", "in/painted/a.jpg"}) make(name);
  request_.content = path("in");
  request_.output = path("in/painted");
  EXPECT_THAT(outputs(), ElementsAre("a.jpg"));
}

TEST_F(BatchPlanTest, RefusesWhatWouldLoseOrConfuse) {
  make("in/a.jpg");
  make("styles/b.jpg");
  request_.content = path("in");
  request_.output = path("in");
  EXPECT_THAT(refusal(), HasSubstr("holds the photographs"));
  request_.output = path("out.png");
  EXPECT_THAT(refusal(), HasSubstr("-o names a folder"));
  request_.output = path("style.jpg");
  EXPECT_THAT(refusal(), HasSubstr("is a file"));
  request_.output = path("out");
  request_.styles = {path("styles"), path("style.jpg")};
  EXPECT_THAT(refusal(), HasSubstr("is one painting and"));
  request_.styles = {path("styles")};
  request_.output = path("styles");
  EXPECT_THAT(refusal(), HasSubstr("holds the styles"));
  request_.output = path("out");
  request_.content = path("none/*.jpg");
  EXPECT_THAT(refusal(), HasSubstr("none"));
  request_.content = path("in/*.png");
  EXPECT_THAT(refusal(), HasSubstr("no PNG, JPEG, TIFF or WebP picture has a name like"));
}

TEST_F(BatchPlanTest, APatternInTheFolderOfResultsDoesNotOverwriteItsInputs) {
  make("in/a.jpg");
  make("in/a.png");
  request_.content = path("in/a.*");
  request_.output = folder_.path() / "in" / ".." / "in";
  EXPECT_THAT(refusal(), HasSubstr("elsewhere"));
}

TEST(NamesWithSuffix, AllNamesDifferWhateverStandsBeside) {
  const std::vector<fs::path> names{"a.png", "a.jpg", "a-jpg.jpg", "b/a.png"};
  EXPECT_THAT(names_with_suffix(names, ".png"),
              ElementsAre("a-png.png", "a-jpg-2.png", "a-jpg.png", "b/a.png"));
  EXPECT_EQ(names_with_suffix(names, ""), names);
}

TEST(BatchExitCode, SaysTheWorstThatHappened) {
  BatchReport report;
  EXPECT_EQ(report.exit_code(), 0);
  report.failures.push_back({"a.jpg", "damaged", ErrorKind::bad_input, 1});
  EXPECT_EQ(report.exit_code(), 2);
  report.failures.push_back({"b.jpg", "no room", ErrorKind::io, 1});
  report.failures.push_back({"c.jpg", "damaged", ErrorKind::bad_input, 1});
  EXPECT_EQ(report.exit_code(), 1);
  report.cancelled = true;
  EXPECT_EQ(report.exit_code(), 130);
}

}  // namespace
}  // namespace atelier::jobs
