// SPDX-License-Identifier: Apache-2.0
#include "jobs/step_log.hpp"

#include <nlohmann/json.hpp>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "jobs/loss_plot.hpp"

namespace atelier::jobs {

StepLog::StepLog(const StylizeExtras& extras, const OnProgress& on_progress)
    : extras_(extras), on_progress_(on_progress) {
  if (extras_.trace.empty()) return;
  trace_.open(extras_.trace, std::ios::binary | std::ios::app);
  if (!trace_)
    fail(ErrorKind::io, "--trace {} cannot be written; choose another place.", extras_.trace);
}

void StepLog::record(const style::Step& step, const std::function<image::Image()>& picture) {
  if (!extras_.plot.empty()) steps_.push_back(step);
  if (trace_.is_open()) write_trace(step);
  if (!extras_.preview.empty() && !preview_failed_ && step.iteration % extras_.preview_every == 0) {
    write_preview(picture);
  }
  if (on_progress_) {
    std::vector<std::pair<std::string, double>> values;
    style::for_each_loss(step.losses,
                         [&](const char* name, double value) { values.emplace_back(name, value); });
    on_progress_({.stage = fmt::format("{} px", step.scale),
                  .done = step.iteration,
                  .total = step.iterations,
                  .seconds = step.seconds,
                  .remaining = step.remaining,
                  .values = std::move(values)});
  }
}

void StepLog::write_trace(const style::Step& step) {
  nlohmann::ordered_json line{{"iteration", step.iteration},
                              {"iterations", step.iterations},
                              {"scale", step.scale},
                              {"seconds", step.seconds}};
  style::for_each_loss(step.losses, [&](const char* name, double value) { line[name] = value; });
  // One write of one whole line: a reader who follows the file never sees half of it.
  trace_ << line.dump() + '\n' << std::flush;
  if (trace_) return;
  warnings_.push_back(fmt::format("the trace ends at step {}: {} cannot be written", step.iteration,
                                  extras_.trace));
  trace_.close();
}

void StepLog::write_preview(const std::function<image::Image()>& picture) {
  try {
    image::save(picture(), extras_.preview);
  } catch (const Error& error) {
    preview_failed_ = true;
    warnings_.push_back(fmt::format("previews ended: {}", error.what()));
  }
}

std::vector<std::string> StepLog::finish() {
  if (!extras_.plot.empty()) {
    try {
      write_file(extras_.plot, loss_plot_svg(steps_));
    } catch (const Error& error) {
      warnings_.push_back(fmt::format("there is no plot: {}", error.what()));
    }
  }
  return std::move(warnings_);
}

}  // namespace atelier::jobs
