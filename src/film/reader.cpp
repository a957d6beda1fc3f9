// SPDX-License-Identifier: Apache-2.0
#include "atelier/film/reader.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "film/demuxer.hpp"
#include "film/source.hpp"
#include "image/orientation.hpp"

namespace atelier::film {
namespace {

void check(const ReadOptions& options) {
  if (options.long_edge < 0 || options.long_edge > 16384) {
    fail(ErrorKind::invalid_argument,
         "frames with a long edge of {} px are not read; use 1..16384, or 0 for their own.",
         options.long_edge);
  }
  if (!options.rate.known() || options.rate.value() > 1000 || options.rate.value() < 0.001) {
    fail(ErrorKind::invalid_argument, "{}/{} frames a second is out of range; use 0.001..1000.",
         options.rate.num, options.rate.den);
  }
}

std::unique_ptr<Source> open_source(const std::filesystem::path& path, const ReadOptions& options) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error) || is_picture_pattern(path)) {
    return open_pictures(path, options);
  }
  std::ifstream file = open_film(path);
  const Outline outline = outline_of(file);
  const std::string name = path.string();
  const bool still =
      outline.container == Container::picture || (outline.frames && *outline.frames == 1);
  if (still) {
    fail(ErrorKind::bad_input, "{} is {}, not a film; choose a film, or paint it as a picture.",
         name, outline.what);
  }
  if (outline.cut_short) {
    fail(ErrorKind::bad_input,
         "{} is cut short: it declares more than the file holds; copy or export it again.", name);
  }
  if (outline.frames && *outline.frames < 1) {
    fail(ErrorKind::bad_input, "{} holds no frame; copy or export it again.", name);
  }
  if (outline.container == Container::webp) return open_webp(path);
  if (outline.container == Container::none && !is_known_to_ffmpeg(path)) {
    fail(ErrorKind::bad_input,
         "{} is {}, not a film; choose one in MP4, MOV, Matroska, WebM, AVI, GIF or WebP.", name,
         outline.what);
  }
  return open_stream(path, outline, options);
}

/// Square pixels without losing any: the edge whose pixels are long grows.
image::Size with_square_pixels(image::Size size, Rational aspect) {
  const double ratio = aspect.value();
  if (ratio > 1) size.width = std::max(1, static_cast<int>(std::lround(size.width * ratio)));
  if (ratio < 1) size.height = std::max(1, static_cast<int>(std::lround(size.height / ratio)));
  return size;
}

image::Size seen_size(const FilmInfo& info, int long_edge) {
  image::Size size = with_square_pixels(info.stored, info.pixel_aspect);
  if (image::swaps_edges(info.orientation)) std::swap(size.width, size.height);
  return long_edge ? image::fit_long_edge(size, long_edge) : size;
}

}  // namespace

class FilmReader::Impl {
  template <class F>
  auto in_memory(F&& action) {
    try {
      return action();
    } catch (const std::bad_alloc&) {
      fail(ErrorKind::out_of_memory,
           "{} does not fit into memory at {} x {} px; ask for a smaller size.", path_.string(),
           info_.size.width, info_.size.height);
    }
  }

 public:
  Impl(const std::filesystem::path& path, const ReadOptions& options) : path_(path) {
    check(options);
    source_ = open_source(path, options);
    info_ = source_->info();
    info_.size = seen_size(info_, options.long_edge);
  }

  [[nodiscard]] const FilmInfo& info() const { return info_; }
  [[nodiscard]] std::int64_t damaged() const { return source_->damaged(); }

  std::optional<Frame> next() {
    return in_memory([&] {
      std::optional<Frame> frame = source_->next();
      if (!frame) return frame;
      frame->picture = image::oriented(std::move(frame->picture), info_.orientation);
      if (image::Size{frame->picture.width, frame->picture.height} != info_.size) {
        frame->picture = image::resize(frame->picture, info_.size);
      }
      return frame;
    });
  }

  void seek(std::int64_t index) {
    if (index < 0)
      fail(ErrorKind::invalid_argument, "there is no frame {}; frames count from 0.", index);
    in_memory([&] {
      source_->seek(index);
      return 0;
    });
  }

 private:
  std::filesystem::path path_;
  std::unique_ptr<Source> source_;
  FilmInfo info_;
};

FilmReader::FilmReader(const std::filesystem::path& path, const ReadOptions& options)
    : impl_(std::make_unique<Impl>(path, options)) {}
FilmReader::~FilmReader() = default;
FilmReader::FilmReader(FilmReader&&) noexcept = default;
FilmReader& FilmReader::operator=(FilmReader&&) noexcept = default;

const FilmInfo& FilmReader::info() const noexcept {
  return impl_->info();
}

std::optional<Frame> FilmReader::next() {
  return impl_->next();
}

void FilmReader::seek(std::int64_t index) {
  impl_->seek(index);
}

std::int64_t FilmReader::damaged() const noexcept {
  return impl_->damaged();
}

bool is_film(const std::filesystem::path& path) {
  if (is_picture_pattern(path)) return true;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::file_size(path, error) == 0) return false;
  const Outline outline = outline_of(file);
  switch (outline.container) {
    case Container::iso:
    case Container::matroska:
    case Container::avi:
      return true;
    case Container::gif:
    case Container::webp:
    case Container::png:
      return outline.frames.value_or(0) > 1;
    case Container::picture:
      return false;
    case Container::none:
      break;
  }
  return is_known_to_ffmpeg(path);
}

}  // namespace atelier::film
