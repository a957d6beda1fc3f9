// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// Receives each step of a run and passes it on: to the progress, the preview, the trace and, at
/// the end, the plot. What fails to be written is given up once with a warning; the run goes on.
class StepLog {
 public:
  /// Goes on after the steps that were taken `before`: lines of a trace that tell later ones, which
  /// will be taken again, are dropped. Throws Error io when the trace cannot be opened.
  StepLog(const StylizeExtras& extras, const OnProgress& on_progress,
          std::vector<style::Step> before = {});

  void record(const style::Step& step, const std::function<image::Image()>& picture);

  /// Writes the plot. Returns the warnings of the whole run.
  [[nodiscard]] std::vector<std::string> finish();

 private:
  void write_trace(const style::Step& step);
  void write_preview(const std::function<image::Image()>& picture);

  const StylizeExtras& extras_;
  const OnProgress& on_progress_;
  std::ofstream trace_;
  bool preview_failed_ = false;
  std::vector<style::Step> steps_;  // kept for the plot only
  std::vector<std::string> warnings_;
};

}  // namespace atelier::jobs
