// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "atelier/base/progress.hpp"

namespace atelier::cli {

/// Shows progress on stderr: a bar that is redrawn on a terminal, elsewhere a line every few
/// seconds.
class ProgressBar {
 public:
  explicit ProgressBar(bool quiet);
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(const Progress& progress);
  /// Takes the bar off the terminal, before other text follows.
  void clear();

 private:
  [[nodiscard]] bool due(const Progress& progress);

  bool quiet_;
  bool terminal_;
  bool drawn_ = false;
  bool shown_once_ = false;
  std::chrono::steady_clock::time_point shown_;
};

/// "512 px   [#####.....]  40/100  1.20 it/s  0:50 left  content 0.12 style 0.34 total 0.46", cut
/// to `width` columns; without the bar when `bar` is false.
[[nodiscard]] std::string progress_text(const Progress& progress, bool bar, std::size_t width);

/// "0:07", "12:34", "1:02:03".
[[nodiscard]] std::string clock_text(double seconds);

}  // namespace atelier::cli
