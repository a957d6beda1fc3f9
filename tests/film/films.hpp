// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/film/reader.hpp"
#include "atelier/film/writer.hpp"

namespace atelier::film {

/// A test with a folder of its own, removed at its end.
class InFolder : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path in_folder(std::string_view name) const {
    return folder_.path() / name;
  }
  TemporaryFolder folder_;
};

/// A disc that goes to the right before a ramp, frame by frame: soft edges, many colours; 8-bit
/// values.
[[nodiscard]] image::Image scene(int frame, image::Size size);
/// One colour everywhere.
[[nodiscard]] image::Image flat(image::Size size, float r, float g, float b);

/// Writes scenes at the rate's times.
void write_scenes(const std::filesystem::path& path, int frames, WriteOptions options);
[[nodiscard]] std::vector<Frame> read_all(const std::filesystem::path& path,
                                          const ReadOptions& options = {});

/// Mean and largest absolute difference, in 8-bit levels.
struct Difference {
  double mean = 0, most = 0;
};
[[nodiscard]] Difference difference(const image::Image& a, const image::Image& b);

/// Whether this system's FFmpeg can write it.
[[nodiscard]] bool can_write(const std::string& suffix, const std::string& codec);

[[nodiscard]] std::string bytes_of(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, std::string_view bytes);

/// A tone of 440 Hz as a WAV file of 16 bits.
[[nodiscard]] std::string tone(double seconds, int rate = 44100, int channels = 1);

/// Y4M: a head, and frames of planes.
[[nodiscard]] std::string y4m(image::Size size, std::string_view words,
                              const std::vector<std::string>& frames);

/// The error a call ends in; fails the test when it ends otherwise or something wrote to the
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
  EXPECT_EQ(result.message.find('\n'), std::string::npos);
  if (result.kind != ErrorKind::internal) {
    EXPECT_EQ(result.message.back(), '.') << result.message;
  }
  return result;
}

}  // namespace atelier::film
