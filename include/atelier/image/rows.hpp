// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "atelier/image/file.hpp"
#include "atelier/image/image.hpp"

namespace atelier::image {

/// A picture file read from top to bottom, so that only the rows that are asked for stand in
/// memory: the pixels that load() gives, value by value, at any size up to max_pixels.
///
/// A picture that its EXIF orientation turns or mirrors is decoded into scratch memory first, 12
/// bytes a pixel (16 with alpha), and read from there. Of one that is stored in one piece
/// (interlaced PNG, progressive JPEG, WebP) the decoder holds its own bits whole.
///
/// Throws Error as load(), at the row where a file turns out to be damaged; io when scratch memory
/// has no room.
class RowReader {
 public:
  explicit RowReader(const std::filesystem::path& path, const LoadOptions& options = {});
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  /// As people see it: resized and upright.
  [[nodiscard]] Size size() const noexcept;
  [[nodiscard]] bool alpha() const noexcept;
  [[nodiscard]] int bits() const noexcept;

  /// The next `count` rows of the picture into rows `first` and on of `to`, which has its width and
  /// alpha where the picture has it.
  void read(Image& to, int first, int count);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// resize() of a picture that comes from top to bottom: the same values.
class RowResizer {
 public:
  /// Throws Error invalid_argument when an edge is below 1 px.
  RowResizer(Size from, Size to, bool alpha, int bits);
  ~RowResizer();
  RowResizer(const RowResizer&) = delete;
  RowResizer& operator=(const RowResizer&) = delete;

  /// The next rows: all of `rows`.
  void add(const Image& rows);

  /// The resized picture, after the last row.
  [[nodiscard]] Image finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// A picture file written from top to bottom: the file that save() writes of the whole picture, in
/// the memory of a few hundred rows. Encoding goes on beside the caller, in a thread of its own;
/// write() waits while it is behind. WebP's encoder holds the picture whole, 4 bytes a pixel and
/// more; JPEG codes are chosen for the picture, in two passes that hold it, up to 32 million pixels
/// alone.
///
/// The file appears at finish(), whole. Without, nothing is left.
/// Throws Error as save(); a full disk is told by the next write().
class RowWriter {
 public:
  /// `bits`: of the picture, which decide unless `options` do.
  RowWriter(const std::filesystem::path& path, Size size, bool alpha, int bits,
            const SaveOptions& options = {});
  ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  /// The next rows: all of `rows`, which has the picture's width, and alpha where it has it.
  void write(const Image& rows);

  /// After the last row.
  void finish();

  /// Bytes of rows that were written and not yet encoded.
  [[nodiscard]] std::size_t waiting_bytes() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace atelier::image
