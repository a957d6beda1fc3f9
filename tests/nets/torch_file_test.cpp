// SPDX-License-Identifier: Apache-2.0
#include "nets/torch_file.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "nets/zip_archive.hpp"
#include "pickle_bytes.hpp"

namespace atelier::nets {
namespace {

using namespace atelier::testing;
using ::testing::HasSubstr;

/// 0, 1, ... as float32.
std::string counting(int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += little(static_cast<float>(i));
  return bytes;
}

/// A plain 2 x 3 tensor and its transpose without the first column, in one storage; a byte and a
/// half.
std::string object() {
  return dict({{"plain", PickledTensor{"FloatStorage", "0", 6, 0, {2, 3}, {3, 1}}.pickle()},
               {"window", PickledTensor{"FloatStorage", "0", 6, 1, {2, 2}, {1, 3}}.pickle()},
               {"byte", PickledTensor{"ByteStorage", "1", 1, 0, {1}, {1}}.pickle()},
               {"half", PickledTensor{"HalfStorage", "2", 1, 0, {}, {}}.pickle()}});
}
const std::string half_one("\x00\x3c", 2);

std::string legacy() {
  return legacy_file(object(), {{"2", 1, half_one}, {"0", 6, counting(6)}, {"1", 1, "\xfe"}});
}
std::string zipped(const std::string& byteorder = "little") {
  return zip_file({{"model/data.pkl", proto() + object() + "."},
                   {"model/byteorder", byteorder},
                   {"model/data/0", counting(6)},
                   {"model/data/1", "\xfe"},
                   {"model/data/2", half_one},
                   {"model/version", "3\n"}});
}

std::string refusal(const std::string& bytes) {
  try {
    static_cast<void>(read_torch_file(bytes_of(bytes)));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input) << error.what();
    return error.what();
  }
  return "";
}

void expect_content(const TensorMap& tensors) {
  ASSERT_EQ(tensors.size(), 4u);
  EXPECT_TRUE(at::equal(tensors.at("plain"), at::arange(6, at::kFloat).view({2, 3})));
  EXPECT_TRUE(at::equal(tensors.at("window"), at::tensor({1.f, 4.f, 2.f, 5.f}).view({2, 2})));
  EXPECT_EQ(tensors.at("byte").scalar_type(), at::kByte);
  EXPECT_EQ(tensors.at("byte").item<int>(), 254);
  EXPECT_EQ(tensors.at("half").dim(), 0);
  EXPECT_EQ(tensors.at("half").item<float>(), 1.0f);
}

TEST(TorchFile, ReadsTheLegacyForm) {
  expect_content(read_torch_file(bytes_of(legacy())));
}

TEST(TorchFile, RefusesOtherFiles) {
  EXPECT_THAT(refusal("hello"), HasSubstr("neither"));
  EXPECT_THAT(refusal(""), HasSubstr("neither"));
}

TEST(TorchFile, RefusesCodeInBothForms) {
  const std::string code = global("posix", "system") + text("true") + "\x85R";
  EXPECT_THAT(refusal(legacy_file(code, {})), HasSubstr("posix.system"));
#ifdef ATELIER_HAVE_LIBZIP
  EXPECT_THAT(refusal(zip_file({{"m/data.pkl", proto() + code + "."}})), HasSubstr("posix.system"));
#endif
}

#ifdef ATELIER_HAVE_LIBZIP

TEST(TorchFile, ReadsTheZipForm) {
  expect_content(read_torch_file(bytes_of(zipped())));
}

TEST(TorchFile, RefusesZipFilesThatDoNotFit) {
  EXPECT_THAT(refusal(zipped("big")), HasSubstr("big-endian"));
  EXPECT_THAT(refusal(zip_file({{"a/b", "c"}})), HasSubstr("data.pkl"));
  EXPECT_THAT(refusal(zip_file({{"m/data.pkl", proto() + object() + "."}})), HasSubstr("m/data/0"));
  EXPECT_THAT(refusal(zip_file({{"m/data.pkl", proto() + object() + "."},
                                {"m/data/0", counting(5)},
                                {"m/data/1", "x"},
                                {"m/data/2", "xx"}})),
              HasSubstr("20 bytes instead of 24"));
  EXPECT_THAT(
      refusal(zip_file({{"m/data.pkl", proto() + object() + "."}, {"m/data/0", counting(7)}})),
      HasSubstr("more than the 24"));
}

TEST(TorchFile, RefusesEveryTruncationOfAZipAndSurvivesDamage) {
  const std::string file = zipped();
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_NE(refusal(file.substr(0, size)), "") << size;
  }
  RandomStream random(1, "damage");
  for (int i = 0; i < 3'000; ++i) {
    std::string damaged = file;
    for (int k = 0; k <= i % 3; ++k)
      damaged[random.next() % file.size()] = static_cast<char>(random.next());
    static_cast<void>(refusal(damaged));
  }
}

TEST(ZipArchive, ChecksSums) {
  std::string file = zip_file({{"a", "content"}});
  EXPECT_EQ(ZipArchive(bytes_of(file)).read("a", 100), "content");
  EXPECT_THROW(static_cast<void>(ZipArchive(bytes_of(file)).read("a", 6)), Error);
  EXPECT_THROW(static_cast<void>(ZipArchive(bytes_of(file)).read("b", 100)), Error);
  file[file.find("content")] = 'C';
  EXPECT_THROW(static_cast<void>(ZipArchive(bytes_of(file)).read("a", 100)), Error);
}

#else

TEST(TorchFile, SaysWhatZipFilesNeed) {
  try {
    static_cast<void>(read_torch_file(bytes_of(zipped())));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_capability);
  }
}

#endif

}  // namespace
}  // namespace atelier::nets
