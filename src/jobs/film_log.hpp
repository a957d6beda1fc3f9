// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/image/image.hpp"
#include "atelier/jobs/stylize.hpp"
#include "jobs/film_work.hpp"

namespace atelier::jobs {

/// Passes on how a film comes along: to the progress, the preview, the trace and, at the end, the
/// plot. What fails to be written is given up once with a warning; the film goes on.
class FilmLog {
 public:
  /// Throws Error io when the trace cannot be opened.
  FilmLog(const StylizeExtras& extras, const OnProgress& on_progress);

  void stage(const char* name) const;
  /// A step of the frame `number` (from 0) of `total` (0: not known).
  void step(const style::Step& step, std::int64_t number, std::int64_t total);
  /// The frame `number` was painted at once.
  void painted(std::int64_t number, std::int64_t total);
  void frame(std::int64_t number, std::int64_t total, const FrameRecord& record,
             const image::Image& painting);

  [[nodiscard]] double seconds() const;

  /// Writes the plot. Returns the warnings of the whole run.
  [[nodiscard]] std::vector<std::string> finish();

 private:
  [[nodiscard]] Progress progress_at(std::int64_t number, std::int64_t total, double share);

  const StylizeExtras& extras_;
  const OnProgress& on_progress_;
  std::chrono::steady_clock::time_point began_;
  std::ofstream trace_;
  std::int64_t first_ = -1;  ///< frame of this run
  bool preview_failed_ = false;
  std::vector<style::Step> frames_;  // kept for the plot only
  std::vector<std::string> warnings_;
};

}  // namespace atelier::jobs
