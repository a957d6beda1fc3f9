// SPDX-License-Identifier: Apache-2.0
// Jobs go to workers that can do them.
#include "studio/queue/workers.hpp"

#include <gmock/gmock.h>

#include "act_command.hpp"
#include "placed_test.hpp"
#include "studio/queue/doing.hpp"
#include "studio/queue/queue.hpp"
#include "studio/worker/presence.hpp"

namespace atelier::studio {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class WorkersTest : public PlacedTest {
 protected:
  std::string submit(std::uint64_t seed, const nlohmann::json& needs) {
    nlohmann::json request = act(seed);
    request["needs"] = needs;
    return queue_.submit(parse_request(commands_, request), "anna", true).job.id;
  }
  std::string next(const std::string& worker) {
    const auto claimed = queue_.claim(worker);
    if (!claimed) return "";
    lease_ = claimed->second;
    return claimed->first.id;
  }
  void announce(const std::string& id, const Abilities& abilities) {
    workers_.announce({.id = id, .host = "host", .jobs = 2, .abilities = abilities});
  }
  std::string obstacle(const std::string& job) {
    return workers_.obstacle(queue_.find(job)->number).value_or("none");
  }

  std::vector<Command> commands_ = act_commands();
  Records records_{place_};
  FileStore store_{place_};
  Queue queue_{records_, store_};
  Workers workers_{records_};
  Lease lease_;
  const Abilities small_{.gpus = {}, .memory = 4, .models = {}, .commands = {"act"}},
      large_{.gpus = {"cuda:0 (a card)"}, .memory = 64, .models = {"vgg19"}, .commands = {"act"}},
      other_{.gpus = {"cuda:0"}, .memory = 64, .models = {"vgg19"}, .commands = {"sing"}};
};

TEST_P(WorkersTest, TakeWhatTheyCanAndLeaveTheRest) {
  const std::string card = submit(1, {{"gpu", true}}), room = submit(2, {{"memory", 8}}),
                    model = submit(3, {{"models", {"vgg19"}}}), any = submit(4, {{"memory", 4}});
  announce("small", small_);
  announce("large", large_);
  announce("other", other_);
  EXPECT_EQ(next("other"), "");
  EXPECT_EQ(next("small"), any);
  EXPECT_EQ(next("small"), "");
  EXPECT_EQ(next("stranger"), "");
  EXPECT_EQ(next("large"), card);
  EXPECT_EQ(next("large"), room);
  EXPECT_EQ(next("large"), model);
  EXPECT_EQ(next("large"), "");
}

TEST_P(WorkersTest, TellWhatTheyDo) {
  announce("small", small_);
  announce("large", large_);
  EXPECT_TRUE(doing_now(records_).empty());
  const std::string job = submit(1, {{"gpu", true}});
  EXPECT_EQ(next("large"), job);
  const auto doing = doing_now(records_);
  ASSERT_EQ(doing.size(), 1U);
  ASSERT_EQ(doing.at("large").size(), 1U);
  EXPECT_EQ(doing.at("large")[0].job, job);
  EXPECT_EQ(doing.at("large")[0].command, "act");
  EXPECT_TRUE(queue_.release(lease_));
  EXPECT_TRUE(doing_now(records_).empty());
}

TEST_P(WorkersTest, AJobThatNobodyCanDoSaysSo) {
  const std::string job = submit(1, {{"gpu", true}, {"models", {"vgg19", "x"}}, {"memory", 8}});
  EXPECT_THAT(obstacle(job), HasSubstr("atelier worker"));
  announce("large", large_);
  EXPECT_THAT(obstacle(job), testing::AllOf(HasSubstr("a GPU"), HasSubstr("the model x"),
                                            HasSubstr("8 GiB"), HasSubstr("the command act")));
  Abilities more = large_;
  more.models.emplace_back("x");
  announce("more", more);
  EXPECT_EQ(obstacle(job), "none");
  workers_.leave("more");
  EXPECT_NE(obstacle(job), "none");
}

TEST_P(WorkersTest, WhatOneDeclinesAnotherGets) {
  const std::string job = submit(1, nlohmann::json::object());
  announce("a", small_);
  announce("b", small_);
  ASSERT_EQ(next("a"), job);
  const nlohmann::json error{{"detail", "weights are missing"}};
  EXPECT_TRUE(queue_.decline(lease_, "a", error, "log"));
  EXPECT_EQ(queue_.find(job)->state, JobState::queued);
  EXPECT_EQ(queue_.find(job)->losses, 0);
  EXPECT_EQ(next("a"), "");
  ASSERT_EQ(next("b"), job);
  EXPECT_TRUE(queue_.decline(lease_, "b", error, "log"));
  EXPECT_EQ(queue_.find(job)->state, JobState::failed);
  EXPECT_EQ(queue_.find(job)->error, error);
  // Somebody has seen to it: everybody may try again.
  queue_.retry(job);
  EXPECT_EQ(next("a"), job);
}

TEST_P(WorkersTest, AreListedWithWhatTheyCan) {
  announce("large", large_);
  announce("large", small_);  // what it can is said once
  const std::vector<WorkerRecord> all = workers_.list();
  ASSERT_EQ(all.size(), 1u);
  const nlohmann::ordered_json json = to_json(all[0]);
  EXPECT_EQ(json["host"], "host");
  EXPECT_EQ(json["there"], true);
  EXPECT_THAT(all[0].abilities.gpus, ElementsAre("cuda:0 (a card)"));
  EXPECT_THAT(all[0].abilities.models, ElementsAre("vgg19"));
  EXPECT_THAT(all[0].abilities.commands, ElementsAre("act"));
  // One that has not been seen for long is still listed, and does not count.
  const std::string job = submit(1, {{"gpu", true}});
  EXPECT_EQ(obstacle(job), "none");
  records_.quick.run("UPDATE workers SET seen = seen - 30");
  EXPECT_FALSE(workers_.list().at(0).there);
  EXPECT_THAT(obstacle(job), HasSubstr("no worker is there"));
}

TEST_P(WorkersTest, ArePresentWhileTheyLive) {
  {
    const Presence presence(records_, 1, small_);
    ASSERT_EQ(workers_.list().size(), 1u);
    EXPECT_EQ(workers_.list()[0].id, presence.id());
  }
  EXPECT_TRUE(workers_.list().empty());
}

TEST(Needs, AreChecked) {
  EXPECT_TRUE(parse_needs({{"gpu", true}}).gpu);
  EXPECT_EQ(parse_needs({{"memory", 0.5}}).memory, 0.5);
  for (const nlohmann::json& wrong :
       std::vector<nlohmann::json>{1,
                                   {{"gpu", 1}},
                                   {{"memory", -1}},
                                   {{"memory", "8"}},
                                   {{"models", "vgg19"}},
                                   {{"models", {""}}},
                                   {{"models", {1}}},
                                   {{"models", std::vector<std::string>(33, "a")}},
                                   {{"cpu", true}}}) {
    EXPECT_THROW(parse_needs(wrong), RequestError) << wrong;
  }
}

TEST(Machine, IsKnownByItsCommandsWhereTheProgramDoesNotTell) {
  const Abilities abilities = look_at_machine("/bin/false", act_commands(), 0, 2);
  EXPECT_THAT(abilities.commands, ElementsAre("act"));
  EXPECT_TRUE(abilities.gpus.empty());
  EXPECT_GT(abilities.memory, 0);
  EXPECT_EQ(look_at_machine("/bin/false", act_commands(), 3, 2).memory, 3);
}

INSTANTIATE_TEST_SUITE_P(On, WorkersTest, both_dialects, dialect_name);

}  // namespace
}  // namespace atelier::studio
