// SPDX-License-Identifier: Apache-2.0
#include "train/trainer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "toy_task.hpp"

namespace atelier::train {
namespace {

struct Ran {
  RunReport report;
  at::Tensor values, average;
};

Ran run_toy(const std::filesystem::path& folder, const RunListeners& listeners = {},
            std::stop_token stop = {}, const std::string& recipe = "{}") {
  const TrainOptions options = toy_options();
  ToyTask task(options);
  const RunReport report =
      run(task, options, {folder, recipe}, *Group::alone(), listeners, std::move(stop));
  return {report, task.learner().parameters().values().clone(),
          task.learner().average().values().clone()};
}

/// The log without what the clock says.
std::vector<std::string> losses(const std::filesystem::path& folder) {
  std::istringstream text(read_file(folder / "log.jsonl", 1 << 20));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    auto json = nlohmann::ordered_json::parse(line);
    json.erase("seconds");
    lines.push_back(json.dump());
  }
  return lines;
}

TEST(Trainer, BeginsWithWhatAnotherRunLearned) {
  const TemporaryFolder folder;
  const Ran first = run_toy(folder.path() / "first");
  const auto begun = [&](const char* start) {
    TrainOptions options = toy_options();
    options.steps = 1;
    options.learning_rate = 1e-7;
    ToyTask task(options);
    const RunReport report =
        run(task, options, {folder.path() / "second", "{}", folder.path() / start}, *Group::alone(),
            {}, {});
    EXPECT_EQ(report.steps, 1);
    return task.learner().parameters().values().clone();
  };
  EXPECT_LT((begun("first") - first.values).abs().max().item<float>(), 1e-5);
  std::filesystem::remove_all(folder.path() / "second");
  try {
    begun("nothing");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("holds no checkpoint; name a run's folder"));
  }
}

TEST(Trainer, SaysWhatARunBeginsFrom) {
  const TemporaryFolder folder;
  static_cast<void>(run_toy(folder.path() / "first"));
  const auto of_model = [](const std::filesystem::path&) { return std::string("model"); };
  EXPECT_EQ(digest_of_initial("", of_model), "");
  EXPECT_EQ(digest_of_initial("model.safetensors", of_model), "model");
  EXPECT_EQ(digest_of_initial(folder.path() / "first", of_model).size(), 64U);
}

TEST(Trainer, Learns) {
  const TemporaryFolder folder;
  const Ran ran = run_toy(folder.path() / "new");
  EXPECT_EQ(ran.report.steps, 40);
  EXPECT_FALSE(ran.report.stopped);
  EXPECT_LT(ran.report.best, 1);
  EXPECT_TRUE(std::filesystem::exists(ran.report.model));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "new" / "losses.svg"));
  EXPECT_EQ(losses(folder.path() / "new").size(), 42U);  // 40 steps, 2 measurements
}

TEST(Trainer, GoesOnAfterAStopAsIfThereHadBeenNone) {
  const TemporaryFolder whole, parts;
  const Ran expected = run_toy(whole.path());
  std::stop_source stop;
  RunListeners listeners;
  listeners.on_progress = [&](const Progress& progress) {
    if (progress.done == 17) stop.request_stop();
  };
  EXPECT_TRUE(run_toy(parts.path(), listeners, stop.get_token()).report.stopped);
  const Ran second = run_toy(parts.path());
  EXPECT_EQ(second.report.resumed_at, 17);
  EXPECT_TRUE(at::equal(second.values, expected.values));
  EXPECT_TRUE(at::equal(second.average, expected.average));
  EXPECT_EQ(losses(parts.path()), losses(whole.path()));
}

TEST(Trainer, GoesOnAfterKillAsIfThereHadBeenNone) {
  const TemporaryFolder whole, parts;
  const Ran expected = run_toy(whole.path());
  const pid_t child = ::fork();
  if (child == 0) {
    RunListeners listeners;
    listeners.on_progress = [](const Progress& progress) {
      if (progress.done == 27) ::kill(::getpid(), SIGKILL);
    };
    static_cast<void>(run_toy(parts.path(), listeners));
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_EQ(WTERMSIG(status), SIGKILL);
  const Ran second = run_toy(parts.path());
  EXPECT_EQ(second.report.resumed_at, 20);  // its last checkpoint
  EXPECT_TRUE(at::equal(second.values, expected.values));
  EXPECT_EQ(losses(parts.path()), losses(whole.path()));
}

TEST(Trainer, RefusesAFolderOfAnotherRecipe) {
  const TemporaryFolder folder;
  static_cast<void>(run_toy(folder.path()));
  try {
    static_cast<void>(run_toy(folder.path(), {}, {}, "{\"other\":1}"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_argument);
    EXPECT_THAT(error.what(), testing::HasSubstr("--out"));
  }
}

TEST(Trainer, ShowsPreviewsAndLines) {
  const TemporaryFolder folder;
  std::vector<std::int64_t> previews;
  int lines = 0;
  RunListeners listeners;
  listeners.on_preview = [&](std::int64_t step, const image::Image& sheet) {
    EXPECT_EQ(sheet.width, 2);
    previews.push_back(step);
  };
  listeners.on_log = [&](const nlohmann::ordered_json&) { ++lines; };
  static_cast<void>(run_toy(folder.path(), listeners));
  EXPECT_THAT(previews, testing::ElementsAre(20, 40));
  EXPECT_EQ(lines, 42);
}

}  // namespace
}  // namespace atelier::train
