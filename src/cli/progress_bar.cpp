// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_bar.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace atelier::cli {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};
constexpr std::chrono::seconds line_interval{5};
constexpr int bar_columns = 20;

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

ProgressBar::ProgressBar(bool quiet) : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) == 1) {}

bool ProgressBar::due(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const bool first = !shown_once_;
  const bool last = progress.total > 0 && progress.done == progress.total;
  if (!first && !last && now - shown_ < (terminal_ ? redraw_interval : line_interval)) return false;
  shown_ = now;
  // Stages without steps pass too fast to be worth a line of a log.
  if (!terminal_ && progress.total == 0) return false;
  shown_once_ = true;
  return true;
}

void ProgressBar::show(const Progress& progress) {
  if (quiet_ || !due(progress)) return;
  if (terminal_) {
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
