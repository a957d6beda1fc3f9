// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/appraise.hpp"

#include <algorithm>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "jobs/appraise/page.hpp"
#include "jobs/compute.hpp"
#include "jobs/html/html.hpp"
#include "jobs/inputs.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// The model that was named, or that comes along.
fs::path model_of(const AppraiseOptions& options) {
  if (!options.model.empty()) return options.model;
  const fs::path file = own_data("models/appraisal.safetensors");
  if (!file.empty()) return file;
  fail(ErrorKind::missing_weights,
       "models/appraisal.safetensors is not beside this program; set ATELIER_DATA to the folder "
       "that "
       "holds models/, or name a model that `atelier train appraisal` made with --model.");
}

/// A work by the painter who is compared with.
struct ReferenceWork {
  fs::path file;
  appraise::Hand hand;
};

AppraisedWork appraised(const appraise::Appraiser& appraiser, const AskedPicture& asked,
                        const std::vector<ReferenceWork>& reference) {
  AppraisedWork work;
  work.path = asked.path;
  double seconds = 0;
  const Stopwatch watch(seconds);
  const image::Image picture = load_picture(asked.path, /*long_edge=*/0);
  work.width = picture.width;
  work.height = picture.height;
  work.appraisal = appraiser(picture);
  if (!reference.empty()) {
    std::vector<appraise::Hand> hands;
    for (const ReferenceWork& of : reference) {
      if (of.file != asked.file) hands.push_back(of.hand);
    }
    work.attribution = appraiser.compare(hands, work.appraisal.hand);
    if (std::min(picture.width, picture.height) >= 2 * appraise::least_part)
      work.parts = appraise::likeness_of_parts(appraiser, picture, hands);
  }
  work.seconds = watch.elapsed();
  return work;
}

class Run {
 public:
  Run(const AppraiseRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        watch_(seconds_),
        works_(pictures_of(request.works)),
        reference_(request.reference.empty() ? std::vector<AskedPicture>()
                                             : pictures_of(request.reference)) {}

  AppraiseReport run() {
    AppraiseReport report;
    report.top = request_.options.top;
    if (!request_.page.empty()) check_page_output(request_.page);
    const ComputeNames compute = set_up_compute("cpu", request_.options.threads);
    report.model = model_of(request_.options);
    const appraise::Appraiser appraiser(report.model, appraise::load_eyes());
    std::vector<ReferenceWork> reference;
    each(reference_, report, [&](const AskedPicture& asked) {
      reference.push_back({asked.file, appraiser.hand_of(load_picture(asked.path, 0))});
    });
    each(works_, report, [&](const AskedPicture& asked) {
      report.works.push_back(appraised(appraiser, asked, reference));
    });
    report.model_sha256 = appraiser.digest();
    report.device = compute.device;
    report.threads = compute.threads;
    report.peak_rss_bytes = peak_rss_bytes();
    if (!request_.page.empty()) write_file(request_.page, appraisal_page(report));
    report.seconds = watch_.elapsed();
    return report;
  }

 private:
  static std::vector<AskedPicture> pictures_of(const std::vector<fs::path>& named) {
    std::vector<AskedPicture> all = asked_pictures(named);
    if (all.empty()) {
      fail(ErrorKind::bad_input,
           "{} holds no picture; name works, or a folder with .png, .jpg, .tif or .webp files.",
           named.size() == 1 ? named.front().string() : std::string("what was named"));
    }
    return all;
  }

  /// Calls `look` for each; one of a folder that cannot be read is skipped, unless all are.
  template <class Look>
  void each(const std::vector<AskedPicture>& pictures, AppraiseReport& report, const Look& look) {
    const std::size_t skipped_before = report.skipped.size();
    for (const AskedPicture& asked : pictures) {
      if (stop_.stop_requested()) fail(ErrorKind::cancelled, "interrupted; nothing was told.");
      if (on_progress_) {
        on_progress_({.stage = "appraising",
                      .done = done_++,
                      .total = static_cast<std::int64_t>(works_.size() + reference_.size()),
                      .seconds = watch_.elapsed(),
                      .values = {}});
      }
      try {
        look(asked);
      } catch (const Error& error) {
        if (asked.named || error.kind() != ErrorKind::bad_input) throw;
        report.skipped.push_back({asked.path, error.what()});
      }
    }
    const std::size_t skipped = report.skipped.size() - skipped_before;
    if (skipped > 0 && skipped == pictures.size()) {
      fail(ErrorKind::bad_input,
           "none of the {} pictures that were named can be read; the first: {}", skipped,
           report.skipped[skipped_before].reason);
    }
  }

  const AppraiseRequest& request_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  double seconds_ = 0;
  Stopwatch watch_;
  std::vector<AskedPicture> works_, reference_;
  std::int64_t done_ = 0;
};

}  // namespace

const OptionTable<AppraiseOptions>& appraise_option_table() {
  using A = AppraiseOptions;
  static const OptionTable<A> table{
      {&A::top,
       {"top",
        "Report",
        "how many styles, and how many things in the work, are told, likeliest first",
        "classes",
        1,
        1000,
        {},
        {}}},
      {&A::model,
       {"model",
        "Model",
        "a file that `train appraisal` made; not given: the one that comes along",
        "",
        {},
        {},
        {},
        {}}},
      {&A::threads, {"threads", "Machine", "threads to compute with; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

AppraiseReport appraise_works(const AppraiseRequest& request, const OnProgress& on_progress,
                              std::stop_token stop) {
  return Run(request, on_progress, std::move(stop)).run();
}

}  // namespace atelier::jobs
