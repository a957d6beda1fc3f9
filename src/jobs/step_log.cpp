// SPDX-License-Identifier: Apache-2.0
#include "jobs/step_log.hpp"

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "jobs/loss_plot.hpp"

namespace atelier::jobs {
namespace {

constexpr std::uintmax_t most_trace = std::uintmax_t{1} << 32;

/// The number of the step that a line of a trace tells; more than any where it tells none.
int step_of(std::string_view line) {
  constexpr int no_step = std::numeric_limits<int>::max();
  const auto json = nlohmann::json::parse(line, nullptr, false);
  return json.is_object() && json.contains("iteration") && json["iteration"].is_number_integer()
             ? json["iteration"].get<int>()
             : no_step;
}

/// Drops what stands at the end of a trace about steps after this one, a torn line included.
void drop_later_steps(const std::string& path, std::size_t step) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return;
  const std::string text = read_file(path, most_trace);
  std::string_view kept = text;
  while (!kept.empty()) {
    const std::size_t before = kept.substr(0, kept.size() - 1).rfind('\n');
    const std::size_t begin = before == kept.npos ? 0 : before + 1;
    const std::string_view line = kept.substr(begin);
    if (line.ends_with('\n') && step_of(line) <= static_cast<int>(step)) break;
    kept = kept.substr(0, begin);
  }
  if (kept.size() < text.size()) std::filesystem::resize_file(path, kept.size(), error);
}

}  // namespace

StepLog::StepLog(const StylizeExtras& extras, const OnProgress& on_progress,
                 std::vector<style::Step> before)
    : extras_(extras), on_progress_(on_progress), steps_(std::move(before)) {
  if (extras_.trace.empty()) return;
  if (!steps_.empty()) drop_later_steps(extras_.trace, steps_.size());
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
