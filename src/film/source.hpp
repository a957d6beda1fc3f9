// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "atelier/film/reader.hpp"
#include "film/container.hpp"

namespace atelier::film {

/// Where a film's frames come from, in the size and orientation in which the file holds them.
class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// All but `size`, which FilmReader computes.
  [[nodiscard]] const FilmInfo& info() const noexcept { return info_; }
  [[nodiscard]] std::int64_t damaged() const noexcept { return damaged_; }
  /// As FilmReader's.
  virtual std::optional<Frame> next() = 0;
  virtual void seek(std::int64_t index) = 0;

 protected:
  FilmInfo info_;
  std::int64_t damaged_ = 0;
};

/// By FFmpeg.
[[nodiscard]] std::unique_ptr<Source> open_stream(const std::filesystem::path& path,
                                                  const Outline& outline,
                                                  const ReadOptions& options);
/// Animated WebP, by libvips: Debian 12's FFmpeg does not decode it.
[[nodiscard]] std::unique_ptr<Source> open_webp(const std::filesystem::path& path);

/// Pictures by a pattern or a folder.
[[nodiscard]] std::unique_ptr<Source> open_pictures(const std::filesystem::path& path,
                                                    const ReadOptions& options);
/// Whether a path is such a pattern: "%d" or "%05d" in its last part, and at least one file fits
/// it.
[[nodiscard]] bool is_picture_pattern(const std::filesystem::path& path);

}  // namespace atelier::film
