// SPDX-License-Identifier: Apache-2.0
// What is read without torch is what torch reads.
#include "nets/plain_tensor.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "nets/safetensors.hpp"

namespace atelier::nets {
namespace {

PlainTensor plain(const at::Tensor& t) {
  return {dtype_of(t.scalar_type()),
          t.sizes().vec(),
          {static_cast<const std::byte*>(t.data_ptr()), t.nbytes()}};
}

/// Every 16 bits there are, as numbers of that type.
at::Tensor every_number(at::ScalarType type) {
  at::Tensor bits = at::empty({1 << 16}, at::kShort);
  std::iota(bits.data_ptr<std::int16_t>(), bits.data_ptr<std::int16_t>() + bits.numel(),
            std::int16_t{-32768});
  return at::from_blob(
      bits.data_ptr(), bits.sizes(), [bits](void*) {}, type);
}

TEST(PlainTensor, WidensEveryNumberOf16BitsAsTorchDoes) {
  for (const at::ScalarType type : {at::kHalf, at::kBFloat16}) {
    const at::Tensor numbers = every_number(type), theirs = numbers.to(at::kFloat);
    const std::vector<float> ours = numbers_of(plain(numbers));
    ASSERT_EQ(std::ssize(ours), theirs.numel());
    int others = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const float their = theirs.data_ptr<float>()[i];
      if (std::isnan(their) && std::isnan(ours[i])) continue;
      others += std::memcmp(&ours[i], &their, sizeof their) != 0;
    }
    EXPECT_EQ(others, 0) << at::toString(type);
  }
}

TEST(PlainTensor, HasNumbersOfFloatingPointAlone) {
  const at::Tensor numbers = at::tensor({1.5, -2.25}, at::kDouble);
  EXPECT_EQ(numbers_of(plain(numbers)), (std::vector<float>{1.5F, -2.25F}));
  EXPECT_EQ(numbers_of(plain(numbers.to(at::kFloat))), (std::vector<float>{1.5F, -2.25F}));
  EXPECT_THROW(static_cast<void>(numbers_of(plain(numbers.to(at::kLong)))), Error);
}

TEST(PlainTensor, OfAFileHasTheBytesAndTheDigestOfTorchs) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "all.safetensors";
  Safetensors content;
  content.metadata["kind"] = "test";
  for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16, at::kLong, at::kInt,
                          at::kShort, at::kChar, at::kByte, at::kBool}) {
    content.tensors[at::toString(type)] = at::arange(6, at::kInt).view({2, 3}).to(type);
  }
  content.tensors["one"] = at::tensor(3.0F);
  content.tensors["none"] = at::empty({0, 4});
  write_safetensors(path, content);
  const PlainSafetensors read = read_plain_safetensors(path);
  EXPECT_EQ(read.metadata, content.metadata);
  ASSERT_EQ(read.tensors.size(), content.tensors.size());
  for (const auto& [name, tensor] : content.tensors) {
    const PlainTensor& ours = read.tensors.at(name);
    EXPECT_EQ(ours.shape, tensor.sizes().vec()) << name;
    ASSERT_EQ(ours.bytes.size(), tensor.nbytes()) << name;
    EXPECT_TRUE(std::equal(ours.bytes.begin(), ours.bytes.end(),
                           static_cast<const std::byte*>(tensor.data_ptr())))
        << name;
  }
  EXPECT_EQ(digest_of(read.tensors), digest_of(content.tensors));
}

}  // namespace
}  // namespace atelier::nets
