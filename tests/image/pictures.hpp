// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vips/vips8>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/image.hpp"

namespace atelier::image {

/// A test with a folder of its own, removed at its end.
class InFolder : public testing::Test {
 protected:
  InFolder();

  [[nodiscard]] std::filesystem::path in_folder(std::string_view name) const {
    return folder_.path() / name;
  }

  TemporaryFolder folder_;
};

/// Every pixel differs from its neighbours; whole multiples of 1/255 or 1/65535.
[[nodiscard]] Image pattern(Size size, int bits, bool alpha);

/// One colour everywhere, as libvips holds it: `bands` values of 8 or 16 bits.
[[nodiscard]] vips::VImage flat(Size size, const std::vector<double>& values, VipsBandFormat format,
                                VipsInterpretation interpretation);

/// One of libvips' own profiles ("srgb", "p3", "cmyk") put into a picture's metadata.
[[nodiscard]] vips::VImage tagged(const vips::VImage& image, const char* profile);

[[nodiscard]] std::string bytes_of(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, std::string_view bytes);

/// A PNG that has only a head: signature, IHDR with a proper check sum, and what follows.
[[nodiscard]] std::string png_head(std::uint32_t width, std::uint32_t height,
                                   std::string_view rest = {});

/// The error a call ends in; fails the test when it ends otherwise or libvips wrote to the
/// terminal.
struct Refusal {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
};
template <class F>
Refusal refusal(F&& call) {
  Refusal result{ErrorKind::internal, "no error"};
  testing::internal::CaptureStderr();
  try {
    call();
  } catch (const Error& error) {
    result = {error.kind(), error.what()};
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  return result;
}

}  // namespace atelier::image
