// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_bar.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/progress_form.hpp"

namespace atelier::cli {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};
constexpr std::chrono::seconds line_interval{5};
constexpr std::chrono::milliseconds json_interval{50};
constexpr int bar_columns = 20;

ProgressForm chosen_form = ProgressForm::people;

std::size_t terminal_columns() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

std::string clock_text(double seconds) {
  const auto whole = static_cast<long long>(std::llround(std::max(seconds, 0.0)));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string progress_text(const Progress& progress, bool bar, std::size_t width) {
  std::string text = progress.stage;
  if (progress.total > 0) {
    if (bar) {
      const auto filled = static_cast<int>(bar_columns * progress.done / progress.total);
      text += fmt::format("  [{:#<{}}{:.<{}}]", "", filled, "", bar_columns - filled);
    }
    text += fmt::format("  {}/{}", progress.done, progress.total);
  }
  if (progress.seconds > 0 && progress.done > 0) {
    const double rate = static_cast<double>(progress.done) / progress.seconds;
    text += rate >= 1 ? fmt::format("  {:.2f} it/s", rate) : fmt::format("  {:.2f} s/it", 1 / rate);
  }
  if (progress.remaining >= 0 && progress.total > 0)
    text += "  " + clock_text(progress.remaining) + " left";
  for (const auto& [name, value] : progress.values) text += fmt::format("  {} {:.4g}", name, value);
  if (text.size() > width) text.resize(width);
  return text;
}

void set_progress_form(ProgressForm form) {
  chosen_form = form;
}

ProgressForm progress_form() {
  return chosen_form;
}

std::string progress_json(const Progress& progress) {
  nlohmann::ordered_json values = nlohmann::ordered_json::object();
  for (const auto& [name, value] : progress.values) values[name] = value;
  return nlohmann::ordered_json{{"stage", progress.stage},         {"done", progress.done},
                                {"total", progress.total},         {"seconds", progress.seconds},
                                {"remaining", progress.remaining}, {"values", values}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ProgressBar::ProgressBar(bool quiet) : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) == 1) {}

bool ProgressBar::due(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const bool first = !shown_once_;
  const bool last = progress.total > 0 && progress.done == progress.total;
  const bool json = chosen_form == ProgressForm::json;
  const std::chrono::milliseconds interval = json        ? json_interval
                                             : terminal_ ? redraw_interval
                                                         : line_interval;
  if (!first && !last && now - shown_ < interval) return false;
  shown_ = now;
  if (json) return shown_once_ = true;
  // Stages without steps pass too fast to be worth a line of a log.
  if (!terminal_ && progress.total == 0) return false;
  shown_once_ = true;
  return true;
}

void ProgressBar::show(const Progress& progress) {
  const bool json = chosen_form == ProgressForm::json;
  if ((quiet_ && !json) || !due(progress)) return;
  if (json) {
    fmt::print(stderr, "{}\n", progress_json(progress));
  } else if (terminal_) {
    fmt::print(stderr, "\r{}\x1b[K", progress_text(progress, true, terminal_columns() - 1));
    drawn_ = true;
  } else {
    fmt::print(stderr, "{}\n", progress_text(progress, false, 200));
  }
  std::fflush(stderr);
}

void ProgressBar::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace atelier::cli
