// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/film/time.hpp"
#include "atelier/image/image.hpp"

namespace atelier::film {

/// How a film is encoded: what people choose. Ranges and defaults stand in encode_options().
struct EncodeOptions {
  std::string codec = "auto";  ///< auto, h264, h265, vp9, av1, or ffv1 (lossless, .mkv)
  int quality = 75;  ///< 0..100; 75 can hardly be told from the frames. No effect on GIF and FFV1
  std::string chroma = "420";  ///< 420: what every player shows; 444: colour at full resolution
};

/// The table of EncodeOptions: "film-codec", "film-quality", "film-chroma".
[[nodiscard]] const OptionTable<EncodeOptions>& encode_options();

/// What a film is, beside its frames.
struct WriteOptions {
  image::Size size{};    ///< px; every frame has it
  Rational rate{25, 1};  ///< frames a second, nominal
  Rational tick{};       ///< seconds a tick, the unit of times; not known: one frame of the rate
  EncodeOptions encode{};
  int bits = 8;        ///< FFV1 alone: 8 or 16 bits a channel
  bool alpha = false;  ///< GIF, WebP, FFV1: keep coverage; elsewhere frames are laid on white
  int loops = 0;       ///< GIF and WebP: how often it is played; 0 for ever
  std::filesystem::path sound_from{};  ///< a film whose sound is taken over; empty: none
  double sound_start = 0;              ///< seconds of `sound_from` that stand at time 0
  std::string recipe{};                ///< JSON kept in the metadata (not of .nut); empty: none
};

/// Refuses an output path whose suffix names no film that can be written, or whose folder cannot be
/// written to, options that contradict it, and encoders that are missing, before any work is done.
/// Throws as FilmWriter; `options.size` may be empty when it is not known yet.
void check_film_output(const std::filesystem::path& path, const WriteOptions& options);

/// Whether a path's suffix asks for a film: .mp4 .m4v .mov .mkv .webm .gif .webp .nut, in either
/// case. (.webp can be a still picture too: what is written there decides.)
[[nodiscard]] bool has_film_suffix(const std::filesystem::path& path);

/// Writes a film frame by frame, in memory of a few frames (WebP: of the compressed film).
///
/// | suffix          | auto | also                   |
/// |-----------------|------|------------------------|
/// | .mp4 .m4v       | h264 | h265, vp9, av1         |
/// | .mov            | h264 | h265                   |
/// | .mkv            | h264 | h265, vp9, av1, ffv1   |
/// | .webm           | vp9  | av1                    |
/// | .gif, .webp     | own  |                        |
/// | .nut            | ffv1 |                        |
///
/// Frames become BT.709 Y'CbCr of limited range, 8 bits, and are tagged so. With chroma 420, H.264
/// and H.265 hold even sizes: an odd edge gets its last row or column once more. GIF has one
/// palette for the whole film (median cut, Heckbert 1982, refined by k-means) with ordered
/// dithering, so that what stands still does not flicker; times round to 1/100 s there (at most 50
/// frames a second are shown; others are left out, and notes() says so) and to 1/1000 s in WebP,
/// Matroska and WebM.
///
/// Sound is copied packet by packet where the container takes it, otherwise encoded anew (AAC; Opus
/// for WebM) and notes() says so; it ends with the film.
///
/// `.nut` with FFV1 is for work in progress: R'G'B' of 8 or 16 bits and times come back bit for
/// bit, so that a painting job can keep finished frames in such chunks, and join() them at the end.
///
/// The file appears whole or not at all: it is written under a hidden name beside and renamed by
/// finish(); without finish() nothing is left. The same frames and options give the same bytes,
/// whatever the number of processors.
///
/// Throws Error invalid_argument for a suffix, an option, a frame of another size, times that do
/// not grow, values that are not finite; missing_capability when the system's FFmpeg lacks the
/// encoder; bad_input when `sound_from` cannot be read; io when the file cannot be written.
class FilmWriter {
 public:
  FilmWriter(const std::filesystem::path& path, const WriteOptions& options);
  ~FilmWriter();
  FilmWriter(FilmWriter&&) noexcept;
  FilmWriter& operator=(FilmWriter&&) noexcept;

  void add(const image::Image& picture, FrameTime time);
  /// Shown one frame of the rate after the one before.
  void add(const image::Image& picture);

  /// Brings everything to disk under its name. At least one frame must have been added.
  void finish();

  /// Seconds a tick of the times that add() takes.
  [[nodiscard]] Rational tick() const noexcept;
  /// Frames added so far.
  [[nodiscard]] std::int64_t frames() const noexcept;
  /// What a person should know of how it was written, a sentence each: "the sound (vorbis) was
  /// encoded ...".
  [[nodiscard]] const std::vector<std::string>& notes() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Adds every frame of these films (chunks, in order) at its time, which must be a whole number of
/// the writer's ticks. A chunk does not keep how long its last frame is shown: until the next one,
/// or one frame of its rate. Throws as FilmReader and FilmWriter.
void join(std::span<const std::filesystem::path> chunks, FilmWriter& into);

}  // namespace atelier::film
