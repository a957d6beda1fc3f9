// SPDX-License-Identifier: Apache-2.0
#include "nets/sealed.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::nets {
namespace {

Safetensors some() {
  return {
      {{"a", at::arange(6, at::kFloat).view({2, 3})}, {"none", at::zeros({0, 13}, at::kDouble)}},
      {{"of", "a test"}}};
}

TEST(Sealed, GivesBackWhatWasWritten) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  EXPECT_FALSE(read_sealed(path, "test 1"));
  write_sealed(path, "test 1", some());
  const auto back = read_sealed(path, "test 1");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->metadata.at("of"), "a test");
  EXPECT_TRUE(at::equal(back->tensors.at("a"), some().tensors.at("a")));
  EXPECT_EQ(back->tensors.at("none").sizes(), at::IntArrayRef({0, 13}));
}

TEST(Sealed, AnotherKindAndDamageAreRefusedByName) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  write_sealed(path, "test 1", some());
  EXPECT_THROW(static_cast<void>(read_sealed(path, "test 2")), Error);
  const std::string bytes = read_file(path, 1 << 20);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    write_file(path, bytes.substr(0, length));
    try {
      static_cast<void>(read_sealed(path, "test 1"));
      ADD_FAILURE() << length;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      EXPECT_THAT(error.what(), testing::HasSubstr(path.string()));
    }
  }
}

}  // namespace
}  // namespace atelier::nets
