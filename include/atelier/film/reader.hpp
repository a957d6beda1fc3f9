// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atelier/film/time.hpp"
#include "atelier/image/image.hpp"

namespace atelier::film {

/// Largest frame that is opened, in pixels (a square of 8,192: four times 8K television's width by
/// height is beyond it). A film that declares more is refused before anything is decoded.
inline constexpr double max_frame_pixels = 8192.0 * 8192.0;

struct ReadOptions {
  int long_edge = 0;  ///< px; frames are resized to it (Lanczos 3, either way); 0 keeps their size
  Rational rate{25, 1};  ///< frames a second of a sequence of pictures, which has none of its own
  bool skip_damage = false;  ///< go on after frames that cannot be decoded; damaged() counts them
};

/// What is known of a film before its frames are read.
struct FilmInfo {
  image::Size size;    ///< as people see it and as frames come: rotated, square pixels, resized
  image::Size stored;  ///< as the file holds it
  Rational rate;       ///< frames a second, on average where the rate varies
  Rational tick;       ///< seconds a tick: the unit of every FrameTime
  std::int64_t frames = 0;    ///< an estimate unless `frames_exact`; 0 when nothing is declared
  bool frames_exact = false;  ///< the file says so, or it was counted
  double seconds = 0;         ///< 0 when not known
  std::string container;  ///< "mp4", "matroska", "gif", "webp", "pictures", ... as FFmpeg names it
  std::string codec;      ///< "h264", "vp9", "gif", ...
  std::string matrix;     ///< "bt709", "smpte170m", "bt2020nc", "rgb": what is used, guessed or not
  std::string range;      ///< "limited" or "full"
  std::string primaries;  ///< "bt709", "bt2020", ...; "unknown" counts as bt709
  std::string transfer;   ///< "bt709", "smpte2084", ...; "unknown" counts as bt709
  int bits = 8;           ///< bits a channel
  int orientation =
      1;  ///< EXIF's number for the turn that was applied: 1 none, 6 a quarter clockwise
  Rational pixel_aspect{1, 1};
  bool audio = false;  ///< there is sound, which FilmWriter can take over
  bool alpha = false;  ///< frames come with coverage (GIF, WebP, APNG, ProRes 4444)
  int loops = 0;       ///< GIF and WebP: how often it is to be played; 0 for ever, also elsewhere
  std::vector<std::string>
      notes;  ///< what a person should know: "HDR is mapped to sRGB ...", a sentence each
};

/// One frame: sRGB-encoded values in 0..1, as image::load() gives them.
struct Frame {
  image::Image picture;
  FrameTime time;
  std::int64_t index = 0;  ///< counted from 0 in the order in which they are shown
};

/// Reads a film frame by frame, in memory of a few frames whatever its length: anything FFmpeg
/// decodes in MP4, MOV, Matroska, WebM, AVI, MPEG, Y4M, FLV, Ogg, GIF, APNG and others; animated
/// WebP; and sequences of pictures, named by a pattern (`frames/%05d.png`, numbered without gaps
/// from the first number found) or by their folder (sorted by name). Opened by content, not suffix.
/// Nothing but this file is read: playlists and lists of other files are refused.
///
/// Colour: Y'CbCr becomes R'G'B' by the matrix (BT.601, BT.709, BT.2020, SMPTE 240M, FCC) and the
/// range (limited or full) that the film declares; where it declares no matrix, BT.709 from 1280 px
/// in width or 577 px in height on and BT.601 below, as players guess. Chroma is interpolated
/// linearly from where its samples lie (ITU-T H.273, chroma sample location). R'G'B' of
/// television's curve counts as sRGB, as screens and players take it. Other primaries than BT.709's
/// are converted in linear light and clipped. HDR (BT.2100 PQ and HLG) is mapped to sRGB by the
/// curve of BT.2390-10, section 5.4.1, with 203 nits (BT.2408) as white, and `notes` says so.
///
/// Times are kept as they are, relative to the container's start, so that sound stays in step; a
/// missing or backward time becomes one frame after the last.
///
/// Throws Error bad_input when the file is missing, a folder without pictures, empty, of another
/// type, a still picture, without pictures, of a codec that is not decoded, above max_frame_pixels,
/// cut short (found out at once in MP4, MOV, Matroska, WebM, AVI, GIF and WebP) or, while reading,
/// damaged or changing its size; out_of_memory when a frame does not fit into what is free;
/// invalid_argument for an option out of range.
class FilmReader {
 public:
  explicit FilmReader(const std::filesystem::path& path, const ReadOptions& options = {});
  ~FilmReader();
  FilmReader(FilmReader&&) noexcept;
  FilmReader& operator=(FilmReader&&) noexcept;

  [[nodiscard]] const FilmInfo& info() const noexcept;

  /// The next frame; nothing at the end.
  [[nodiscard]] std::optional<Frame> next();

  /// next() will give frame `index`, exactly what reading up to it would give; nothing when there
  /// are fewer. The file's packets are counted to find its time, and decoding starts at the key
  /// frame before; where packets and frames do not match one to one (some old codecs), everything
  /// before is decoded.
  void seek(std::int64_t index);

  /// Frames left out or patched so far; 0 unless `skip_damage`.
  [[nodiscard]] std::int64_t damaged() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether the content, not the suffix, is that of a film: a container of films (even a damaged
/// one, or one with sound alone: FilmReader says what is wrong with it), or a GIF, WebP or PNG of
/// several frames; also a pattern of pictures such as `frames/%05d.png`. Anything else is none:
/// still pictures, folders, missing files.
[[nodiscard]] bool is_film(const std::filesystem::path& path);

/// The recipe kept in a film's metadata by FilmWriter, if there is one. Throws as FilmReader.
[[nodiscard]] std::optional<std::string> read_recipe(const std::filesystem::path& path);

}  // namespace atelier::film
