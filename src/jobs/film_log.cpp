// SPDX-License-Identifier: Apache-2.0
#include "jobs/film_log.hpp"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "jobs/loss_plot.hpp"

namespace atelier::jobs {

FilmLog::FilmLog(const StylizeExtras& extras, const OnProgress& on_progress)
    : extras_(extras), on_progress_(on_progress), began_(std::chrono::steady_clock::now()) {
  if (extras_.trace.empty()) return;
  trace_.open(extras_.trace, std::ios::binary | std::ios::app);
  if (!trace_)
    fail(ErrorKind::io, "--trace {} cannot be written; choose another place.", extras_.trace);
}

double FilmLog::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void FilmLog::stage(const char* name) const {
  if (!on_progress_) return;
  Progress progress;
  progress.stage = name;
  on_progress_(progress);
}

void FilmLog::step(const style::Step& step, std::int64_t number, std::int64_t total) {
  Progress progress = progress_at(
      number, total, static_cast<double>(step.iteration) / std::max(step.iterations, 1));
  style::for_each_loss(step.losses, [&](const char* name, double value) {
    progress.values.emplace_back(name, value);
  });
  if (on_progress_) on_progress_(progress);
}

void FilmLog::painted(std::int64_t number, std::int64_t total) {
  const Progress progress = progress_at(number, total, 1);
  if (on_progress_) on_progress_(progress);
}

/// `share`: of the frame being painted.
Progress FilmLog::progress_at(std::int64_t number, std::int64_t total, double share) {
  if (first_ < 0) first_ = number;
  Progress progress;
  progress.stage = total > 0 ? fmt::format("frame {} of {}", number + 1, total)
                             : fmt::format("frame {}", number + 1);
  progress.done = number;
  progress.total = total;
  progress.seconds = seconds();
  const double painted = static_cast<double>(number - first_) + share;
  if (total > 0 && painted > 0) {
    progress.remaining =
        progress.seconds / painted * (static_cast<double>(total - first_) - painted);
  }
  return progress;
}

void FilmLog::frame(std::int64_t number, std::int64_t total, const FrameRecord& record,
                    const image::Image& painting) {
  const style::Losses& losses = record.losses;
  if (!extras_.plot.empty()) {
    style::Step point;
    point.scale = std::max(painting.width, painting.height);
    point.iteration = static_cast<int>(number + 1);
    point.iterations = static_cast<int>(total);
    point.seconds = seconds();
    point.losses = losses;
    frames_.push_back(point);
  }
  if (trace_.is_open()) {
    const auto figure = [](const std::optional<double>& value) {
      return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
    };
    const nlohmann::ordered_json line{{"frame", number + 1},
                                      {"frames", total},
                                      {"fresh", record.fresh},
                                      {"seconds", seconds()},
                                      {"content", losses.content},
                                      {"style", losses.style},
                                      {"tv", losses.tv},
                                      {"temporal", losses.temporal},
                                      {"total", losses.total},
                                      {"change", figure(record.change)},
                                      {"kept", figure(record.kept)}};
    trace_ << line.dump() + '\n' << std::flush;
    if (!trace_) {
      warnings_.push_back(fmt::format("the trace ends at frame {}: {} cannot be written",
                                      number + 1, extras_.trace));
      trace_.close();
    }
  }
  if (!extras_.preview.empty() && !preview_failed_ &&
      (number == 0 || (number + 1) % extras_.preview_every == 0)) {
    try {
      image::save(painting, extras_.preview);
    } catch (const Error& error) {
      preview_failed_ = true;
      warnings_.push_back(fmt::format("previews ended: {}", error.what()));
    }
  }
}

std::vector<std::string> FilmLog::finish() {
  if (!extras_.plot.empty()) {
    try {
      write_file(extras_.plot, loss_plot_svg(frames_));
    } catch (const Error& error) {
      warnings_.push_back(fmt::format("there is no plot: {}", error.what()));
    }
  }
  return std::move(warnings_);
}

}  // namespace atelier::jobs
