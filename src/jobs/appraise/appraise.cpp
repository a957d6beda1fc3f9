// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/appraise.hpp"

#include <algorithm>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "jobs/appraise/origin.hpp"
#include "jobs/appraise/page.hpp"
#include "jobs/appraise/texts.hpp"
#include "jobs/compute.hpp"
#include "jobs/html/html.hpp"
#include "jobs/inputs.hpp"
#include "jobs/own_model.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// The model that was named, or that comes along.
fs::path model_of(const AppraiseOptions& options) {
  if (!options.model.empty()) return options.model;
  return own_model("appraisal", "name a model that `atelier train appraisal` made with --model");
}

/// A work by the painter who is compared with.
struct ReferenceWork {
  fs::path file;
  appraise::Hand hand;
};

AppraisedWork appraised(const appraise::Appraiser& appraiser, const AskedPicture& asked,
                        const std::vector<ReferenceWork>& reference, bool with_origin) {
  AppraisedWork work;
  work.path = asked.path;
  double seconds = 0;
  const Stopwatch watch(seconds);
  const image::Image picture = load_picture(asked.path, /*long_edge=*/0);
  work.width = picture.width;
  work.height = picture.height;
  work.appraisal = appraiser(picture);
  if (with_origin) work.origin = origin_of(asked.path);
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
        works_(by_kind(request.works)),
        reference_(by_kind(request.reference)),
        pictures_(asked_pictures(works_.pictures)) {
    if (pictures_.empty() && works_.texts.empty()) {
      fail(ErrorKind::bad_input,
           "{} holds no picture and no text; name works, or a folder with .png, .jpg, .tif, .webp "
           "or .txt files.",
           named(request.works));
    }
    if (request.reference.empty()) return;
    if (!pictures_.empty()) reference_pictures_ = asked_pictures(reference_.pictures);
    if (reference_pictures_.empty() && (works_.texts.empty() || reference_.texts.empty())) {
      fail(ErrorKind::bad_input, "{} holds no {} to compare with; name works, or a folder of them.",
           named(request.reference), pictures_.empty() ? "text" : "picture");
    }
  }

  AppraiseReport run() {
    AppraiseReport report;
    report.top = request_.options.top;
    if (!request_.page.empty()) check_page_output(request_.page);
    const ComputeNames compute = set_up_compute("cpu", request_.options.threads);
    report.device = compute.device;
    report.threads = compute.threads;
    if (!pictures_.empty()) look_at_pictures(report);
    if (!works_.texts.empty()) read_texts(report);
    report.peak_rss_bytes = peak_rss_bytes();
    if (!request_.page.empty()) write_file(request_.page, appraisal_page(report));
    report.seconds = watch_.elapsed();
    return report;
  }

 private:
  static std::string named(const std::vector<fs::path>& paths) {
    return paths.size() == 1 ? paths.front().string() : std::string("what was named");
  }

  void look_at_pictures(AppraiseReport& report) {
    report.model = model_of(request_.options);
    const appraise::Appraiser appraiser(report.model, appraise::load_eyes());
    std::vector<ReferenceWork> reference;
    each(reference_pictures_, report, [&](const AskedPicture& asked) {
      reference.push_back({asked.file, appraiser.hand_of(load_picture(asked.path, 0))});
    });
    each(pictures_, report, [&](const AskedPicture& asked) {
      report.works.push_back(appraised(appraiser, asked, reference, request_.origin));
    });
    report.model_sha256 = appraiser.digest();
  }

  void read_texts(AppraiseReport& report) {
    std::vector<TextAppraiser::Reference> reference;
    each(reference_.texts, report, [&](const AskedPicture& asked) {
      reference.push_back(
          {asked.path, asked.file, verse::without_title(load_text(asked.path)).text});
    });
    TextAppraiser appraiser(request_.text_model, std::move(reference),
                            static_cast<std::size_t>(request_.options.top));
    each(works_.texts, report,
         [&](const AskedPicture& asked) { report.texts.push_back(appraiser(asked)); });
    report.text_model = appraiser.model();
    report.text_model_sha256 = appraiser.model_sha256();
  }

  /// Calls `look` for each; one of a folder that cannot be read is skipped, unless all are.
  template <class Look>
  void each(const std::vector<AskedPicture>& works, AppraiseReport& report, const Look& look) {
    const std::size_t skipped_before = report.skipped.size();
    for (const AskedPicture& asked : works) {
      if (stop_.stop_requested()) fail(ErrorKind::cancelled, "interrupted; nothing was told.");
      if (on_progress_) {
        on_progress_({.stage = "appraising",
                      .done = done_++,
                      .total = total(),
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
    if (skipped > 0 && skipped == works.size()) {
      fail(ErrorKind::bad_input, "none of the {} works that were named can be read; the first: {}",
           skipped, report.skipped[skipped_before].reason);
    }
  }

  [[nodiscard]] std::int64_t total() const {
    return std::ssize(pictures_) + std::ssize(reference_pictures_) + std::ssize(works_.texts) +
           (works_.texts.empty() ? 0 : std::ssize(reference_.texts));
  }

  const AppraiseRequest& request_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  double seconds_ = 0;
  Stopwatch watch_;
  NamedByKind works_, reference_;
  std::vector<AskedPicture> pictures_, reference_pictures_;
  std::int64_t done_ = 0;
};

}  // namespace

const OptionTable<AppraiseOptions>& appraise_option_table() {
  using A = AppraiseOptions;
  static const OptionTable<A> table{
      {&A::top,
       {"top",
        "Report",
        "how many styles, things in the work, and texts like it, are told, likeliest first",
        "",
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
