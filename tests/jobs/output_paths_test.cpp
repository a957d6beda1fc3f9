// SPDX-License-Identifier: Apache-2.0
#include "jobs/output_paths.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

class CheckPaths : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        ("atelier-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::create_directories(folder_);
    for (const char* name : {"content.png", "style.png"}) std::ofstream(folder_ / name) << "x";
    request_.content = folder_ / "content.png";
    request_.styles = {folder_ / "style.png"};
    request_.output = folder_ / "out.png";
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string refusal() const {
    try {
      check_paths(request_);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
  StylizeRequest request_;
};

TEST_F(CheckPaths, AcceptsDifferentFiles) {
  request_.extras = {
      .preview = folder_ / "p.png", .trace = folder_ / "t.jsonl", .plot = folder_ / "l.svg"};
  EXPECT_EQ(refusal(), "");
}

/// Each output against each earlier path: one refusal a pair.
TEST_F(CheckPaths, RefusesEveryPairThatIsOneFile) {
  request_.options.init = folder_ / "init.png";
  request_.options.style_mask = {folder_ / "mask.png"};
  request_.options.texture = folder_ / "texture.png";
  const std::vector<std::string> inputs{request_.content, request_.styles[0], request_.options.init,
                                        request_.options.style_mask[0], request_.options.texture};
  for (const std::string& input : inputs) {
    StylizeRequest saved = request_;
    request_.output = input;
    EXPECT_NE(refusal(), "") << input;
    request_ = saved;
    request_.extras.plot = input;
    EXPECT_NE(refusal(), "") << input;
    request_ = saved;
  }
  request_.extras.preview = request_.output;
  EXPECT_NE(refusal().find("--preview and the output are the same file"), std::string::npos);
}

TEST_F(CheckPaths, SeesThroughLinksAndDetours) {
  fs::create_symlink(request_.content, folder_ / "link.png");
  request_.output = folder_ / "link.png";
  EXPECT_NE(refusal(), "");
  request_.output = folder_ / "." / "content.png";
  EXPECT_NE(refusal(), "");
}

TEST_F(CheckPaths, ACheckpointIsAFileOfItsOwnAndOfASinglePicture) {
  request_.extras.checkpoint = folder_ / "checkpoint";
  EXPECT_EQ(refusal(), "");
  EXPECT_THROW(check_paths(request_, Output::film), Error);
  request_.extras.checkpoint = request_.content;
  EXPECT_NE(refusal().find("--checkpoint and the content are the same file"), std::string::npos);
  request_.extras.checkpoint = folder_ / "missing" / "checkpoint";
  EXPECT_NE(refusal().find("folder of --checkpoint"), std::string::npos);
  request_.extras.checkpoint = folder_;
  EXPECT_NE(refusal().find("is a folder"), std::string::npos);
  request_.extras = {};
  request_.extras.checkpoint_every = 5;
  EXPECT_NE(refusal().find("--checkpoint-every 5"), std::string::npos);
  request_.extras = {};
  request_.extras.checkpoint_unfit = "replace";
  EXPECT_NE(refusal().find("--checkpoint-unfit replace"), std::string::npos);
}

TEST_F(CheckPaths, APreviewRhythmNeedsAPreview) {
  request_.extras.preview_every = 3;
  EXPECT_NE(refusal().find("--preview-every 3"), std::string::npos);
}

}  // namespace
}  // namespace atelier::jobs
