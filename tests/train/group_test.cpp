// SPDX-License-Identifier: Apache-2.0
#include "train/group.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "processes.hpp"
#include "toy_task.hpp"
#include "train/checkpoint.hpp"

namespace atelier::train {
namespace {

TEST(Group, AveragesOverProcesses) {
  const auto codes = in_processes(3, [] {
    const auto group = Group::from_environment(at::kCPU);
    at::Tensor mine = at::full({5}, static_cast<double>(group->rank()));
    group->average(mine);
    return at::allclose(mine, at::ones({5})) && group->size() == 3 ? 0 : 1;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  EXPECT_THAT(codes, testing::Each(0));
}

TEST(Group, TwoProcessesLearnWhatOneDoesWithTwiceTheBatch) {
  const TemporaryFolder folder;
  TrainOptions options = toy_options();
  ToyTask alone(options);
  static_cast<void>(run(alone, options, {folder.path() / "one", "{}"}, *Group::alone(), {}, {}));
  const auto codes = in_processes(2, [&] {
    ToyTask task(options);  // each takes half of the batch
    const auto group = Group::from_environment(at::kCPU);
    static_cast<void>(run(task, options, {folder.path() / "two", "{}"}, *group, {}, {}));
    group->barrier();
    return 0;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  ASSERT_THAT(codes, testing::Each(0));
  const auto two = load_checkpoint(folder.path() / "two" / "checkpoint.safetensors");
  ASSERT_TRUE(two);
  EXPECT_TRUE(at::allclose(two->tensors.at("toy.parameters"), alone.learner().parameters().values(),
                           1e-5, 1e-6));
}

TEST(Group, RefusesProcessesThatDoNotShareTheirFolder) {
  const TemporaryFolder folder;
  const TrainOptions options = toy_options();
  ToyTask alone(options);
  static_cast<void>(run(alone, options, {folder.path() / "0", "{}"}, *Group::alone(), {}, {}));
  const auto codes = in_processes(2, [&] {
    ToyTask task(options);
    const auto group = Group::from_environment(at::kCPU);
    try {
      const auto own = folder.path() / std::to_string(group->rank());
      static_cast<void>(run(task, options, {own, "{}"}, *group, {}, {}));
    } catch (const Error& error) {
      return error.kind() == ErrorKind::invalid_argument ? 0 : 2;
    }
    return 3;
  });
  if (codes[0] == 77) GTEST_SKIP() << "this build has no Gloo";
  EXPECT_THAT(codes, testing::Each(0));
}

TEST(Group, IsAloneWithoutAnEnvironment) {
  ::unsetenv("WORLD_SIZE");
  const auto group = Group::from_environment(at::kCPU);
  EXPECT_EQ(group->size(), 1);
  EXPECT_TRUE(group->leads());
}

TEST(Group, RefusesAnEnvironmentThatDoesNotFit) {
  const auto refuses = [](const char* rank, const char* port, const char* address) {
    const auto codes = in_processes(1, [&] {
      set("WORLD_SIZE", "2");
      set("RANK", rank);
      set("MASTER_PORT", port);
      set("MASTER_ADDR", address);
      try {
        static_cast<void>(Group::from_environment(at::kCPU));
      } catch (const Error& error) {
        return error.kind() == ErrorKind::invalid_argument ? 0 : 2;
      }
      return 3;
    });
    return codes[0] == 0;
  };
  EXPECT_TRUE(refuses("2", "29500", "127.0.0.1"));
  EXPECT_TRUE(refuses("one", "29500", "127.0.0.1"));
  EXPECT_TRUE(refuses("0", "70000", "127.0.0.1"));
  EXPECT_TRUE(refuses("0", "29500", ""));
}

}  // namespace
}  // namespace atelier::train
