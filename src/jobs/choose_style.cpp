// SPDX-License-Identifier: Apache-2.0
#include "jobs/choose_style.hpp"

#include "atelier/base/error.hpp"
#include "atelier/jobs/match.hpp"

namespace atelier::jobs {

ChosenStyle choose_style(const StylizeRequest& request, const OnProgress& on_progress,
                         std::stop_token stop) {
  if (!request.styles.empty()) {
    fail(ErrorKind::invalid_argument,
         "{} and --style-from {} both say which painting to take; leave one out.",
         request.styles.front().string(), request.style_from.string());
  }
  if (!std::filesystem::is_directory(request.style_from)) {
    fail(
        ErrorKind::invalid_argument,
        "--style-from takes a folder of paintings and {} is none; name a single painting as STYLE.",
        request.style_from.string());
  }
  const MatchReport report = match({.content = request.content,
                                    .styles = {request.style_from},
                                    .leave_out = {request.content, request.output},
                                    .options = {.threads = request.options.threads}},
                                   on_progress, stop);
  ChosenStyle chosen{request, {}};
  const MatchedStyle& best = report.styles.front();
  chosen.request.style_from.clear();
  chosen.request.styles = {best.path};
  chosen.request.choice = StyleChoice{.folder = request.style_from.string(),
                                      .compared = report.compared,
                                      .score = best.compatibility.score.value,
                                      .foretold_total = best.compatibility.total.value};
  for (const SkippedStyle& skipped : report.skipped) {
    chosen.warnings.push_back("skipped: " + skipped.reason);
  }
  return chosen;
}

}  // namespace atelier::jobs
