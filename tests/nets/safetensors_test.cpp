// SPDX-License-Identifier: Apache-2.0
#include "nets/safetensors.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "nets/safetensors_header.hpp"
#include "pickle_bytes.hpp"

namespace atelier::nets {
namespace {

using namespace atelier::testing;
using ::testing::HasSubstr;

std::string file_of(const std::string& header, const std::string& data) {
  return little<std::uint64_t>(header.size()) + header + data;
}

std::string refusal(const std::string& bytes) {
  try {
    static_cast<void>(read_safetensors(bytes_of(bytes)));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

/// A header of one tensor with these words in place of the right ones.
std::string one(const std::string& type, const std::string& shape, const std::string& offsets) {
  return R"({"w":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets +
         "}}";
}

TEST(Safetensors, ReadsKnownBytes) {
  const std::string header =
      R"({"__metadata__":{"a":"b"},"h":{"dtype":"F16","shape":[1],"data_offsets":[8,10]},)"
      R"("w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}})";
  const Safetensors content = read_safetensors(
      bytes_of(file_of(header, little(1.5f) + little(-2.0f) + std::string("\x00\x3c", 2))));
  EXPECT_EQ(content.metadata.at("a"), "b");
  EXPECT_EQ(content.tensors.at("w").sizes().vec(), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(content.tensors.at("w")[1][0].item<float>(), -2.0f);
  EXPECT_EQ(content.tensors.at("h").scalar_type(), at::kHalf);
  EXPECT_EQ(content.tensors.at("h")[0].item<float>(), 1.0f);
}

TEST(Safetensors, RoundTripsEveryType) {
  const TemporaryFolder folder;
  Safetensors content;
  for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16, at::kLong, at::kInt,
                          at::kShort, at::kChar, at::kByte, at::kBool}) {
    content.tensors[at::toString(type)] = at::arange(6).view({2, 3}).to(type);
  }
  content.tensors["view"] = at::arange(6, at::kFloat).view({2, 3}).t();
  content.tensors["empty"] = at::empty({0, 4}, at::kFloat);
  content.tensors["scalar"] = at::scalar_tensor(3.0, at::kFloat);
  content.metadata = {{"licence", "public domain"}, {"quote\"", "\u00e9\n"}};
  const auto path = folder.path() / "a.safetensors";
  write_safetensors(path, content);
  const Safetensors back = read_safetensors(path);
  EXPECT_EQ(back.metadata, content.metadata);
  ASSERT_EQ(back.tensors.size(), content.tensors.size());
  for (const auto& [name, tensor] : content.tensors) {
    const at::Tensor& other = back.tensors.at(name);
    EXPECT_EQ(other.scalar_type(), tensor.scalar_type()) << name;
    EXPECT_TRUE(at::equal(other, tensor)) << name;
  }
  const std::string first = read_file(path, 1 << 20);
  write_safetensors(path, back);
  EXPECT_EQ(read_file(path, 1 << 20), first);
}

TEST(Safetensors, RefusesWhatDoesNotFit) {
  const std::string data(8, '\0');
  EXPECT_EQ(refusal(file_of(one("F32", "[2]", "[0,8]"), data)), "");
  struct Case {
    std::string header;
    const char* reason;
  };
  for (const Case& c : {
           Case{one("F32", "[3]", "[0,8]"), "fit its shape"},
           {one("F64", "[2]", "[0,8]"), "fit its shape"},
           {one("F32", "[2]", "[0,16]"), "outside"},
           {one("F32", "[2]", "[8,0]"), "outside"},
           {one("F32", "[1]", "[0,4]"), "longer than"},
           {one("F32", "[1]", "[4,8]"), "holes"},
           {one("F32", "[-2]", "[0,8]"), "shape"},
           {one("F32", "[2.0]", "[0,8]"), "shape"},
           {one("F32", "[4294967296,4294967296]", "[0,8]"), "shape"},
           {one("F32", "[18446744073709551615,2]", "[0,8]"), "shape"},
           {one("F32", "[1,1,1,1,1,1,1,1,2]", "[0,8]"), "shape"},
           {one("F32", "2", "[0,8]"), "shape"},
           {one("F32", "[2]", "[0]"), "two offsets"},
           {one("F32", "[2]", "[0,-8]"), "no number"},
           {one("F99", "[2]", "[0,8]"), "not supported"},
           {R"({"w":{"dtype":"F32","shape":[2]}})", "lacks"},
           {R"({"w":7})", "lacks"},
           {R"({"__metadata__":{"a":1}})", "metadata"},
           {R"({"__metadata__":[]})", "metadata"},
           {"[]", "no JSON object"},
           {"{", "no JSON object"},
           {"", "no JSON object"},
           {R"({"w":{"a":{"b":{"c":{"d":{}}}}}})", "too deep"},
       }) {
    EXPECT_THAT(refusal(file_of(c.header, data)), HasSubstr(c.reason)) << c.header;
  }
  const std::string tensor = R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  EXPECT_THAT(refusal(file_of(R"({"a":)" + tensor + R"(,"b":)" + tensor + "}", data)),
              HasSubstr("overlap"));
  EXPECT_THAT(refusal(file_of(R"({"a":)" + tensor + R"(,"a":)" + tensor + "}", data)),
              HasSubstr("twice"));
  EXPECT_THAT(refusal(little<std::uint64_t>(100'000'001) + "{}"), HasSubstr("100 MB"));
  EXPECT_THAT(refusal(little<std::uint64_t>(3) + "{}"), HasSubstr("ends early"));
}

TEST(Safetensors, RefusesEveryTruncationAndSurvivesDamage) {
  const std::string file = file_of(one("F32", "[2]", "[0,8]"), std::string(8, 'x'));
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_NE(refusal(file.substr(0, size)), "") << size;
  }
  RandomStream random(1, "damage");
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = file;
    for (int k = 0; k <= i % 3; ++k)
      damaged[random.next() % file.size()] = static_cast<char>(random.next());
    static_cast<void>(refusal(damaged));
  }
}

}  // namespace
}  // namespace atelier::nets
