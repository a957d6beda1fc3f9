// SPDX-License-Identifier: Apache-2.0
#include "train/checkpoint.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::train {
namespace {

Checkpoint some() {
  return {{{"a", at::arange(6, at::kFloat).view({2, 3})}, {"b", at::ones({4}, at::kDouble)}},
          123,
          4.5,
          0.25,
          R"({"x":1})"};
}

TEST(Checkpoint, GivesBackWhatWasSaved) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "checkpoint.safetensors";
  EXPECT_FALSE(load_checkpoint(path));
  save(some(), path);
  const auto back = load_checkpoint(path);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->step, 123);
  EXPECT_EQ(back->seconds, 4.5);
  EXPECT_EQ(back->best, 0.25);
  EXPECT_EQ(back->recipe, R"({"x":1})");
  EXPECT_TRUE(at::equal(back->tensors.at("a"), some().tensors.at("a")));
  EXPECT_TRUE(at::equal(back->tensors.at("b"), some().tensors.at("b")));
}

TEST(Checkpoint, TellsDamage) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "checkpoint.safetensors";
  save(some(), path);
  std::string bytes = read_file(path, 1 << 20);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(path, bytes);
  try {
    static_cast<void>(load_checkpoint(path));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_THAT(error.what(), testing::HasSubstr("damaged"));
  }
}

TEST(Checkpoint, DigestKnowsNamesShapesAndBytes) {
  const nets::TensorMap a = some().tensors;
  nets::TensorMap shape = a, name = a, value = a;
  shape["a"] = shape["a"].view({3, 2});
  name["c"] = name["b"];
  name.erase("b");
  value["b"] = value["b"] + 1e-9;
  EXPECT_EQ(digest_of(a), digest_of(some().tensors));
  EXPECT_NE(digest_of(a), digest_of(shape));
  EXPECT_NE(digest_of(a), digest_of(name));
  EXPECT_NE(digest_of(a), digest_of(value));
}

}  // namespace
}  // namespace atelier::train
