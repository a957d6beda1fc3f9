// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "atelier/film/time.hpp"
#include "atelier/image/image.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::jobs {

/// What is kept of a painted frame besides its picture.
struct FrameRecord {
  film::FrameTime time;
  bool fresh = true;
  int iterations = 0;
  style::Losses losses;
  std::optional<double> change, kept;  ///< none: not measured, since frames are painted one by one
};

/// The hidden folder beside a film that is being painted. It holds
///   state.json     whose frames these are, how many are done, and how they were computed;
///   frames.jsonl   a FrameRecord a line;
///   N.png          the painted frames, from 0;
///   N.f32          the last of them in full precision: floats, interleaved R, G, B; not of frames
///                  that the next is not begun from.
/// The state is replaced last and at once, so that whenever a run ends, what it counts is whole.
class FilmWork {
 public:
  /// Opens the folder of `output`, or makes it. `recipe_digest`: of all that decides the frames.
  /// One run at a time may use it. Throws Error bad_input when it holds frames of another recipe,
  /// is in use or damaged; io when it cannot be written.
  FilmWork(const std::filesystem::path& output, std::string recipe_digest);
  ~FilmWork();
  FilmWork(const FilmWork&) = delete;
  FilmWork& operator=(const FilmWork&) = delete;

  [[nodiscard]] std::int64_t done() const noexcept { return done_; }
  /// How the frames so far were computed. Meaningful when some are done.
  [[nodiscard]] int tile() const noexcept { return tile_; }
  [[nodiscard]] const std::string& engine() const noexcept { return engine_; }

  /// Keeps the next frame; `exact`: in full precision too, for last_painting(). Frames without that
  /// are quickly painted anew, and counted in the state but twice a second.
  void add(const FrameRecord& record, const image::Image& painting,
           const style::StylizeOptions& settled, bool exact = true);

  /// Counts all frames in the state.
  void flush();

  /// The last painting as it was given to add().
  [[nodiscard]] image::Image last_painting(image::Size size) const;

  /// Calls `f` with every record in order, its number from 0.
  void for_each(const std::function<void(std::int64_t, const FrameRecord&)>& f) const;
  [[nodiscard]] image::Image frame(std::int64_t number) const;

  /// Removes the folder.
  void remove();

 private:
  [[nodiscard]] std::filesystem::path picture(std::int64_t number) const;
  [[nodiscard]] std::filesystem::path exact(std::int64_t number) const;
  void write_state();
  void read_state();
  void drop_unfinished() const;

  std::filesystem::path folder_;
  std::string digest_, last_sha256_;
  int lock_ = -1;
  std::int64_t done_ = 0, counted_ = 0;  ///< counted: in the state
  std::chrono::steady_clock::time_point counted_at_{};
  int tile_ = style::tile_auto;
  std::string engine_;
};

}  // namespace atelier::jobs
