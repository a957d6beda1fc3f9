// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/queue.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "act_command.hpp"
#include "atelier/base/digest.hpp"
#include "placed_test.hpp"
#include "studio/queue/file_records.hpp"

namespace atelier::studio {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class QueueTest : public PlacedTest {
 protected:
  Job submit(std::uint64_t seed, const std::string& owner = "anna", int priority = 0) {
    JobRequest request = parse_request(commands_, act(seed));
    request.priority = priority;
    return queue_.submit(request, owner, true).job;
  }

  std::string next() {
    const auto claimed = queue_.claim();
    if (!claimed) return "";
    lease_ = claimed->second;
    return claimed->first.id;
  }

  /// A finished file as a worker has it.
  MadeFile made(const std::string& content) {
    const std::filesystem::path path = folder_.path() / "made.txt";
    std::ofstream(path) << content;
    return {"result",
            "result.txt",
            path,
            sha256_file(path),
            {"text", "text/plain", "txt"},
            static_cast<std::int64_t>(content.size())};
  }

  JobState state(const std::string& id) { return queue_.find(id)->state; }

  std::vector<Command> commands_ = act_commands();
  double now_ = 1'000'000;
  Records records_{place_};
  FileStore store_{place_};
  FileRecords files_{records_, store_};
  Queue queue_{records_, store_, [this] { return now_; }};
  Lease lease_;
};

TEST_P(QueueTest, GivesJobsByPriorityThenAge) {
  const Job first = submit(1), second = submit(2), urgent = submit(3, "anna", 5);
  EXPECT_THAT((std::vector{next(), next(), next(), next()}),
              ElementsAre(urgent.id, first.id, second.id, ""));
}

TEST_P(QueueTest, TakesTurnsBetweenOwners) {
  std::vector<std::string> anna, bert;
  for (std::uint64_t i = 0; i < 4; ++i) anna.push_back(submit(i, "anna", 10).id);
  bert.push_back(submit(10, "bert").id);
  bert.push_back(submit(11, "bert").id);
  // However many and however urgent: one of each in turn while both wait.
  std::vector<std::string> owners;
  for (int i = 0; i < 6; ++i) owners.push_back(queue_.find(next())->owner);
  EXPECT_THAT(owners, ElementsAre("anna", "bert", "anna", "bert", "anna", "anna"));
}

TEST_P(QueueTest, WhoWasAwayHasSavedNothingUp) {
  for (std::uint64_t i = 0; i < 20; ++i) submit(i, "anna");
  for (int i = 0; i < 10; ++i) {
    next();
    now_ += 100;  // each takes its time
    queue_.beat(lease_);
    queue_.finish(lease_, nullptr, {}, "");
  }
  submit(100, "bert");
  submit(101, "bert");
  submit(102, "bert");
  std::vector<std::string> owners;
  for (int i = 0; i < 4; ++i) owners.push_back(queue_.find(next())->owner);
  EXPECT_THAT(owners, testing::UnorderedElementsAre("anna", "anna", "bert", "bert"));
}

TEST_P(QueueTest, ALeaseThatIsRenewedIsKept) {
  const Job job = submit(1);
  ASSERT_EQ(next(), job.id);
  for (int i = 0; i < 10; ++i) {
    now_ += Queue::lease_seconds - 1;
    EXPECT_EQ(queue_.beat(lease_), Orders::go_on);
  }
  EXPECT_EQ(queue_.reap(), 0);
  EXPECT_TRUE(queue_.finish(lease_, {{"seconds", 1}}, {made("one")}, "log"));
  const Job done = *queue_.find(job.id);
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.report, (nlohmann::json{{"seconds", 1}}));
  ASSERT_EQ(done.outputs.size(), 1u);
  EXPECT_EQ(done.outputs[0].file_name, "result.txt");
  EXPECT_TRUE(std::filesystem::exists(store_.path(done.outputs[0].file.digest)));
  EXPECT_EQ(queue_.log(job.id), "log");
}

TEST_P(QueueTest, AJobIsDeliveredOnceHoweverManyFinishIt) {
  const Job job = submit(1);
  ASSERT_EQ(next(), job.id);
  const Lease late = lease_;
  now_ += Queue::lease_seconds + 1;
  ASSERT_EQ(next(), job.id);  // the lease was lost, another has it
  EXPECT_EQ(queue_.orders(late), Orders::lost);
  EXPECT_EQ(queue_.beat(late), Orders::lost);
  EXPECT_FALSE(queue_.finish(late, nullptr, {made("late")}, ""));
  EXPECT_FALSE(queue_.give_up(late, {{"detail", "no"}}, ""));
  EXPECT_FALSE(queue_.release(late));
  EXPECT_TRUE(queue_.finish(lease_, nullptr, {made("on time")}, ""));
  EXPECT_FALSE(queue_.finish(lease_, nullptr, {made("again")}, ""));
  const Job done = *queue_.find(job.id);
  ASSERT_EQ(done.outputs.size(), 1u);
  EXPECT_EQ(done.outputs[0].file.bytes, 7);
  EXPECT_EQ(done.attempts, 2);
}

TEST_P(QueueTest, AJobThatTakesTwoWorkersDownIsSetAsideWithItsLog) {
  const Job job = submit(1);
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(next(), job.id);
    Beat beat;
    beat.log = "last words";
    queue_.beat(lease_, beat);
    now_ += Queue::lease_seconds + 1;
  }
  EXPECT_EQ(next(), "");
  const Job aside = *queue_.find(job.id);
  EXPECT_EQ(aside.state, JobState::set_aside);
  EXPECT_THAT(aside.error["detail"].get<std::string>(), HasSubstr("twice"));
  EXPECT_EQ(queue_.log(job.id), "last words");
  // Somebody says that it is to be tried again: it has both lives back.
  EXPECT_EQ(queue_.retry(job.id)->state, JobState::queued);
  ASSERT_EQ(next(), job.id);
  EXPECT_TRUE(queue_.crashed(lease_, {{"detail", "signal"}}, "one"));
  EXPECT_EQ(state(job.id), JobState::queued);
}

TEST_P(QueueTest, AReleasedJobHasLostNothing) {
  const Job job = submit(1);
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(next(), job.id);
    EXPECT_TRUE(queue_.release(lease_));
  }
  EXPECT_EQ(queue_.find(job.id)->losses, 0);
  EXPECT_EQ(next(), job.id);
}

TEST_P(QueueTest, CancelEndsWhatWaitsAndStopsWhatRuns) {
  const Job runs = submit(1), waits = submit(2);
  ASSERT_EQ(next(), runs.id);
  EXPECT_EQ(queue_.cancel(waits.id)->state, JobState::cancelled);
  EXPECT_EQ(queue_.cancel(runs.id)->state, JobState::running);
  EXPECT_EQ(queue_.orders(lease_), Orders::stop);
  EXPECT_EQ(queue_.beat(lease_), Orders::stop);
  EXPECT_TRUE(queue_.stopped(lease_, ""));
  EXPECT_EQ(state(runs.id), JobState::cancelled);
  EXPECT_FALSE(queue_.cancel("none"));
  EXPECT_EQ(next(), "");
}

TEST_P(QueueTest, AJobToBeStoppedIsNotTriedAgainWhenItsWorkerIsGone) {
  const Job job = submit(1);
  ASSERT_EQ(next(), job.id);
  queue_.cancel(job.id);
  now_ += Queue::lease_seconds + 1;
  EXPECT_EQ(queue_.reap(), 1);
  EXPECT_EQ(state(job.id), JobState::cancelled);
}

TEST_P(QueueTest, AKeyMakesARequestOneJob) {
  const JobRequest request = parse_request(commands_, act(1)),
                   other = parse_request(commands_, act(2));
  const auto first = queue_.submit(request, "anna", true, "key");
  EXPECT_TRUE(first.fresh);
  const auto again = queue_.submit(request, "anna", true, "key");
  EXPECT_FALSE(again.fresh);
  EXPECT_EQ(again.job.id, first.job.id);
  EXPECT_THROW(queue_.submit(other, "anna", true, "key"), Error);
  EXPECT_TRUE(queue_.submit(request, "bert", true, "key").fresh);
  now_ += 2 * 86'400;
  EXPECT_NE(queue_.submit(other, "anna", true, "key").job.id, first.job.id);
}

TEST_P(QueueTest, EqualRequestsAreMadeOnce) {
  const Job first = submit(1), second = submit(1), other = submit(2);
  EXPECT_EQ(first.request_digest, second.request_digest);
  ASSERT_EQ(next(), first.id);
  const Lease lease = lease_;
  EXPECT_EQ(next(), other.id);  // the second waits for the first
  EXPECT_EQ(next(), "");
  ASSERT_TRUE(queue_.finish(lease, {{"a", 1}}, {made("one")}, ""));
  EXPECT_EQ(next(), "");
  const Job reused = *queue_.find(second.id);
  EXPECT_EQ(reused.state, JobState::done);
  EXPECT_TRUE(reused.reused);
  EXPECT_EQ(reused.attempts, 0);
  EXPECT_EQ(reused.outputs.at(0).file.digest, queue_.find(first.id)->outputs.at(0).file.digest);
  EXPECT_EQ(submit(1).state, JobState::done);
  // What is not repeatable is made anew.
  EXPECT_EQ(queue_.submit(parse_request(commands_, act(1)), "anna", false).job.state,
            JobState::queued);
}

TEST_P(QueueTest, FilesGoWithTheLastJobThatHoldsThem) {
  const Job first = submit(1);
  next();
  queue_.finish(lease_, nullptr, {made("one")}, "");
  const Job second = submit(1);
  const std::string digest = queue_.find(first.id)->outputs.at(0).file.digest;
  EXPECT_THROW(files_.remove(digest), Error);
  EXPECT_TRUE(queue_.remove(first.id));
  EXPECT_TRUE(std::filesystem::exists(store_.path(digest)));
  EXPECT_TRUE(queue_.remove(second.id));
  EXPECT_FALSE(std::filesystem::exists(store_.path(digest)));
  EXPECT_FALSE(files_.find(digest));
  EXPECT_FALSE(queue_.remove(first.id));
}

TEST_P(QueueTest, ARunningJobIsNotRemoved) {
  const Job job = submit(1);
  EXPECT_THROW(queue_.remove(job.id), Error);
  EXPECT_THROW(queue_.retry(job.id), Error);
}

TEST_P(QueueTest, PointsKeepTheWholeCourseOfALongRun) {
  const Job job = submit(1);
  next();
  for (int i = 1; i <= 2500; ++i) {
    Beat beat;
    beat.progress = nlohmann::json{{"done", i}, {"seconds", i}, {"values", {{"loss", 1.0 / i}}}};
    queue_.beat(lease_, beat);
  }
  const auto points = queue_.points(job.id);
  EXPECT_LE(points.size(), 1000u);
  EXPECT_GE(points.size(), 400u);
  EXPECT_LE(points.front()["done"], 8);
  EXPECT_EQ(points.back()["done"], 2500);
}

TEST_P(QueueTest, TextGrowsAndPreviewsReplaceEachOther) {
  const Job job = submit(1);
  next();
  std::string before;
  for (const char* word : {"one ", "two "}) {
    const MadeFile picture = made(word);
    store_.keep_preview(picture.path, picture.digest);
    Beat beat;
    beat.text = word;
    beat.preview = picture.digest;
    queue_.beat(lease_, beat);
    EXPECT_TRUE(before.empty() || !store_.fetch_preview(before));
    before = picture.digest;
  }
  EXPECT_EQ(queue_.find(job.id)->text, "one two ");
  EXPECT_TRUE(store_.fetch_preview(before));
  queue_.finish(lease_, nullptr, {}, "");
  EXPECT_FALSE(store_.fetch_preview(before));
  EXPECT_EQ(queue_.find(job.id)->text, "one two ");
}

TEST_P(QueueTest, EverythingIsThereWhenItIsOpenedAgain) {
  const Job job = submit(7);
  Records again(place_);
  Queue other(again, store_, [this] { return now_; });
  const auto claimed = other.claim();
  ASSERT_TRUE(claimed);
  EXPECT_EQ(claimed->first.id, job.id);
  EXPECT_FALSE(queue_.claim());
}

TEST_P(QueueTest, WhatIsNoTextIsKeptAsText) {
  const Job job = submit(1);
  next();
  Beat beat;
  beat.text = std::string("a\0b\xff", 4);
  beat.log = "\xc3(";
  queue_.beat(lease_, beat);
  EXPECT_EQ(queue_.find(job.id)->text, "a\uFFFDb\uFFFD");
  EXPECT_EQ(queue_.log(job.id), "\uFFFD(");
  EXPECT_TRUE(queue_.finish(lease_, nullptr, {}, std::string("\0", 1)));
  EXPECT_EQ(queue_.log(job.id), "\uFFFD");
}

TEST_P(QueueTest, ManyWorkersTakeEachJobOnce) {
  constexpr int jobs = 40, workers = 4;
  for (int i = 0; i < jobs; ++i) submit(static_cast<std::uint64_t>(i / 2));  // two of each
  std::mutex mutex;
  std::map<std::string, int> taken;
  std::vector<std::jthread> crew;
  for (int i = 0; i < workers; ++i) {
    crew.emplace_back([&] {
      Records records(place_);
      Queue queue(records, store_, [this] { return now_; });
      while (const auto claimed = queue.claim()) {
        {
          const std::scoped_lock lock(mutex);
          ++taken[claimed->first.request_digest];
        }
        EXPECT_EQ(queue.beat(claimed->second), Orders::go_on);
        EXPECT_TRUE(queue.finish(claimed->second, nullptr, {}, ""));
      }
    });
  }
  crew.clear();
  // The last of two may have waited for the first when nothing else was left.
  while (const auto claimed = queue_.claim()) queue_.finish(claimed->second, nullptr, {}, "");
  EXPECT_EQ(queue_.counts()[static_cast<std::size_t>(JobState::done)], jobs);
  EXPECT_EQ(taken.size(), std::size_t{jobs / 2});
  for (const auto& [digest, times] : taken) EXPECT_EQ(times, 1) << digest;
}

/// A checkpoint goes with the job's end, stays while the job waits, and of one that was cancelled
/// as long as the job does.
TEST_P(QueueTest, KeepsACheckpointUntilTheJobEnds) {
  const auto keep = [&](int attempt) {
    const std::string name = checkpoint_name(lease_.job, attempt);
    const std::filesystem::path file = folder_.path() / "checkpoint";
    std::ofstream(file) << "attempt " << attempt;
    store_.keep_checkpoint(file, name);
    Beat beat;
    beat.progress =
        nlohmann::json{{"stage", "x"}, {"done", 5}, {"total", 9}, {"values", {{"loss", 1}}}};
    beat.checkpoint = name;
    EXPECT_EQ(queue_.beat(lease_, beat), Orders::go_on);
  };
  const auto kept = [&](int attempt) {
    return store_.place_checkpoint(checkpoint_name(lease_.job, attempt), folder_.path() / "placed");
  };
  const auto lose = [&] {
    now_ += Queue::lease_seconds + 1;
    EXPECT_EQ(queue_.reap(), 1);
  };
  // Lost, gone on with, done.
  const Job job = submit(1);
  ASSERT_EQ(next(), job.id);
  keep(1);
  lose();
  EXPECT_TRUE(kept(1));
  ASSERT_EQ(next(), job.id);
  EXPECT_EQ(queue_.find(job.id)->checkpoint, job.id + "-1");
  EXPECT_EQ(queue_.find(job.id)->progress["done"], 5);
  EXPECT_EQ(queue_.points(job.id).size(), 1u);
  keep(2);
  EXPECT_FALSE(kept(1)) << "the newer one takes its place";
  EXPECT_TRUE(kept(2));
  EXPECT_EQ(queue_.points(job.id).size(), 1u) << "a step that was taken again is told once";
  EXPECT_TRUE(queue_.finish(lease_, nullptr, {made("x")}, ""));
  EXPECT_FALSE(kept(2));
  EXPECT_EQ(queue_.find(job.id)->checkpoint, "");
  // Cancelled while it waits.
  submit(2);
  next();
  keep(1);
  EXPECT_TRUE(queue_.release(lease_));
  EXPECT_TRUE(kept(1));
  queue_.cancel(lease_.job);
  EXPECT_TRUE(kept(1));
  EXPECT_TRUE(queue_.remove(lease_.job));
  EXPECT_FALSE(kept(1));
  // Cancelled while it runs, gone on with, cancelled again, deleted.
  const Job twice = submit(3);
  next();
  keep(1);
  EXPECT_TRUE(queue_.stopped(lease_, ""));
  EXPECT_TRUE(kept(1));
  queue_.retry(twice.id);
  EXPECT_EQ(queue_.find(twice.id)->progress["done"], 5) << "it will not begin anew";
  ASSERT_EQ(next(), twice.id);
  EXPECT_EQ(queue_.find(twice.id)->checkpoint, twice.id + "-1");
  EXPECT_EQ(queue_.find(twice.id)->progress["done"], 5);
  keep(2);
  EXPECT_FALSE(kept(1));
  EXPECT_TRUE(queue_.stopped(lease_, ""));
  EXPECT_TRUE(kept(2));
  EXPECT_TRUE(queue_.remove(twice.id));
  EXPECT_FALSE(kept(2));
  // Failed.
  submit(4);
  next();
  keep(1);
  EXPECT_TRUE(queue_.give_up(lease_, nullptr, ""));
  EXPECT_FALSE(kept(1));
  EXPECT_EQ(queue_.find(lease_.job)->checkpoint, "");
  // Set aside; the first attempt's was never told of.
  submit(5);
  next();
  std::ofstream(folder_.path() / "checkpoint") << "attempt 1";
  store_.keep_checkpoint(folder_.path() / "checkpoint", checkpoint_name(lease_.job, 1));
  lose();
  next();
  keep(2);
  lose();
  EXPECT_EQ(state(lease_.job), JobState::set_aside);
  EXPECT_FALSE(kept(1));
  EXPECT_FALSE(kept(2));
  // Given the files of an equal one that another worker did meanwhile.
  const Job waits = submit(6), equal = submit(6, "bert");
  next();
  keep(1);
  EXPECT_TRUE(queue_.release(lease_));
  ASSERT_NE(next(), "");
  EXPECT_TRUE(queue_.finish(lease_, nullptr, {made("y")}, ""));
  EXPECT_EQ(next(), "");
  for (const Job& one : {waits, equal}) EXPECT_EQ(state(one.id), JobState::done);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "checkpoints"));
}

INSTANTIATE_TEST_SUITE_P(On, QueueTest, both_dialects, dialect_name);

}  // namespace
}  // namespace atelier::studio
