// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/error.hpp"
#include "atelier/jobs/batch.hpp"
#include "atelier/jobs/sweep.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/stylize_given.hpp"

namespace atelier::cli {

int stylize_sweep(const GivenStylize& given, const jobs::StylizeRequest& each) {
  if (!given.recipe.empty()) {
    fail(ErrorKind::invalid_argument,
         "--recipe repeats one painting and --sweep makes several; leave one out.");
  }
  if (!given.signing.identity.empty()) {
    fail(
        ErrorKind::invalid_argument,
        "--sweep tries settings out, and --sign signs what is finished; sign the painting that you "
        "keep with `atelier sign`.");
  }
  if (jobs::is_batch(given.content, given.styles) || !given.batch.empty()) {
    fail(ErrorKind::invalid_argument,
         "--sweep compares paintings of one photograph, not of a folder or pattern; name one.");
  }
  jobs::SweepRequest request{each, {}};
  request.each.output = given.output;
  for (const std::string& text : given.sweep) request.axes.push_back(jobs::parse_sweep(text));

  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::SweepReport report = jobs::sweep(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const std::string& warning : report.warnings)
    fmt::print(stderr, "atelier: warning: {}\n", warning);
  for (const jobs::SweptPainting& painting : report.results) {
    for (const std::string& warning : painting.report.warnings)
      fmt::print(stderr, "atelier: warning: {}\n", warning);
  }
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    for (const jobs::SweptPainting& painting : report.results) {
      if (!painting.output.empty()) print_line("{}", painting.output.string());
    }
    print_line("{}", report.sheet.string());
    print_line("{} of {} paintings in {:.1f} s{}", report.results.size(), report.asked,
               report.seconds, report.cancelled ? " (ended early: cancelled)" : "");
  }
  return report.cancelled ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace atelier::cli
