// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/error.hpp"
#include "atelier/jobs/batch.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/stylize_given.hpp"

namespace atelier::cli {
namespace {

void print_report(const jobs::BatchReport& report) {
  for (const jobs::BatchFailure& failure : report.failures)
    print_line("not painted: {}", failure.reason);
  print_line("{} of {} painted in {:.1f} s, {} were there already{}", report.results.size(),
             report.asked, report.seconds, report.skipped.size(),
             report.cancelled ? " (ended early: cancelled)" : "");
}

/// What the exit code stands for, in one line; the reasons are among the results.
void print_failures(const jobs::BatchReport& report) {
  if (report.failures.empty()) return;
  int missing = 0;
  for (const jobs::BatchFailure& failure : report.failures) missing += failure.paintings;
  fmt::print(stderr, "atelier: {} of {} paintings could not be made, for {} reason{} told above.\n",
             missing, report.asked, report.failures.size(), report.failures.size() == 1 ? "" : "s");
}

}  // namespace

int stylize_many(const GivenStylize& given, const jobs::StylizeRequest& each) {
  if (!given.recipe.empty()) {
    fail(ErrorKind::invalid_argument,
         "--recipe repeats one painting, and a folder or pattern asks for many; leave one out.");
  }
  jobs::BatchRequest request{given.content, given.styles, given.output, {}, each};
  apply_options(jobs::batch_option_table(), given.batch, request.batch);

  const auto signer = open_signer(given.signing);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::BatchReport report = jobs::stylize_batch(
      request, [&](const Progress& progress) { bar.show(progress); },
      [&](const jobs::BatchPainting& painting) {
        bar.clear();
        std::vector<std::filesystem::path> works = painting.styles;
        works.push_back(painting.content);
        sign_made(signer.get(), painting.output, works);
        for (const std::string& warning : painting.report.warnings)
          fmt::print(stderr, "atelier: warning: {}\n", warning);
        if (!given.json) print_line("{}", painting.output.string());
        std::fflush(stdout);
      },
      signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  print_failures(report);
  return report.exit_code();
}

}  // namespace atelier::cli
