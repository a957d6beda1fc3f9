// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "jobs/batch_plan.hpp"
#include "jobs/choose_style.hpp"
#include "jobs/inputs.hpp"
#include "jobs/output_paths.hpp"
#include "jobs/same_recipe.hpp"
#include "jobs/workshop.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// Why a picture cannot be read, looked at in whole but small; none when it can.
std::optional<Error> unreadable(const fs::path& picture) {
  try {
    (void)load_picture(picture, 64);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

void check_extras(const StylizeExtras& extras) {
  for (const auto& [name, value] : {std::pair{"--trace", extras.trace}, {"--plot", extras.plot}}) {
    if (value.empty()) continue;
    fail(ErrorKind::invalid_argument,
         "{} {} follows one painting, and many are asked for; leave it out.", name, value);
  }
}

class Batch {
 public:
  Batch(const BatchRequest& request, const OnProgress& on_progress, const OnPainting& on_painting,
        std::stop_token stop)
      : request_(request),
        on_progress_(on_progress),
        on_painting_(on_painting),
        stop_(std::move(stop)) {
    check_extras(request.each.extras);
    plan_ = plan_batch(request);
    style::check_options(request.each.options,
                         std::max<std::size_t>(plan_.items.front().styles.size(), 1));
    report_.asked = static_cast<int>(plan_.items.size());
    for (const fs::path& folder : plan_.unreadable) {
      report_.failures.push_back(
          {folder, fmt::format("the folder {} cannot be read.", folder.string())});
    }
    make_folder(request.output);
    (void)workshop_.net(request.each.options);
  }

  BatchReport run() {
    for (const BatchItem& item : plan_.items) {
      if (stop_.stop_requested()) break;
      ++at_;
      if (is_known_to_fail(item)) continue;
      try {
        paint(item);
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::cancelled) {
          ended_early_ = true;
          break;
        }
        if (!concerns_one_painting(error.kind())) throw;
        remember_failure(item, error);
      }
    }
    report_.cancelled = stop_.stop_requested() && (at_ < report_.asked || ended_early_);
    report_.seconds = seconds();
    return std::move(report_);
  }

 private:
  void paint(const BatchItem& item) {
    StylizeRequest request = request_.each;
    request.content = item.content;
    request.styles = item.styles;
    request.output = item.output;
    std::vector<std::string> warnings;
    if (!request.style_from.empty()) {
      ChosenStyle chosen = choose_style(request, on_progress_, stop_);
      request = std::move(chosen.request);
      if (at_ == 1) warnings = std::move(chosen.warnings);
    }
    BatchPainting painting{item.content, request.styles, item.output, {}};
    if (already_painted(item.output, planned_recipe(request, workshop_))) {
      report_.skipped.push_back(std::move(painting));
      return;
    }
    make_folder(item.output.parent_path());
    const double began = seconds();
    painting.report = stylize(
        request, workshop_, [&](const Progress& progress) { pass_on(progress, item); }, stop_);
    painting.report.warnings.insert(painting.report.warnings.begin(), warnings.begin(),
                                    warnings.end());
    ended_early_ = painting.report.stop_reason == "cancelled";
    painting_seconds_ += seconds() - began;
    report_.results.push_back(painting);
    if (on_painting_) on_painting_(painting);
  }

  /// "3 of 50, sea.jpg, 512 px", with the time until all is done.
  void pass_on(const Progress& of_one, const BatchItem& item) const {
    if (!on_progress_) return;
    Progress progress = of_one;
    progress.stage =
        fmt::format("{} of {}, {}, {}", at_, report_.asked,
                    item.output.lexically_relative(request_.output).string(), of_one.stage);
    if (of_one.remaining >= 0) {
      const double painted = static_cast<double>(report_.results.size());
      const double each =
          painted > 0 ? painting_seconds_ / painted : of_one.seconds + of_one.remaining;
      progress.remaining = of_one.remaining + each * (report_.asked - at_);
    }
    on_progress_(progress);
  }

  bool is_known_to_fail(const BatchItem& item) {
    const auto count = [&](const fs::path& picture) {
      const auto known = bad_.find(picture);
      if (known == bad_.end()) return false;
      ++report_.failures[known->second].paintings;
      return true;
    };
    return count(item.content) || std::any_of(item.styles.begin(), item.styles.end(), count);
  }

  /// A picture that cannot be read is told of once, however many paintings need it.
  void remember_failure(const BatchItem& item, const Error& error) {
    std::vector<fs::path> inputs = item.styles;
    inputs.insert(inputs.begin(), item.content);
    for (const fs::path& picture : inputs) {
      if (const auto why = unreadable(picture)) {
        bad_[picture] = report_.failures.size();
        report_.failures.push_back({picture, why->what(), why->kind(), 1});
        return;
      }
    }
    // What options and pictures do not bear together, no other picture will bear either.
    if (error.kind() == ErrorKind::invalid_argument && report_.results.empty()) throw error;
    const bool of_output = error.kind() == ErrorKind::io;
    report_.failures.push_back(
        {of_output ? item.output : item.content, error.what(), error.kind(), 1});
  }

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

  const BatchRequest& request_;
  const OnProgress& on_progress_;
  const OnPainting& on_painting_;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  BatchPlan plan_;
  Workshop workshop_;
  BatchReport report_;
  std::map<fs::path, std::size_t> bad_;  // pictures, with the place of their failure
  int at_ = 0;
  bool ended_early_ = false;
  double painting_seconds_ = 0;
};

nlohmann::json to_json(const BatchPainting& painting) {
  nlohmann::json styles = nlohmann::json::array();
  for (const fs::path& style : painting.styles) styles.push_back(style.string());
  return {{"content", painting.content.string()},
          {"styles", styles},
          {"output", painting.output.string()}};
}

}  // namespace

const OptionTable<BatchOptions>& batch_option_table() {
  static const OptionTable<BatchOptions> table{
      {&BatchOptions::format,
       {"format",
        "Batches",
        "format of a batch's paintings; own: each photograph's",
        "",
        {},
        {},
        {"own", "png", "jpg", "tif", "webp"},
        {}}},
  };
  return table;
}

int BatchReport::exit_code() const {
  return jobs::exit_code(failures, cancelled);
}

nlohmann::json to_json(const BatchReport& report) {
  nlohmann::json results = nlohmann::json::array(), skipped = nlohmann::json::array(),
                 failures = nlohmann::json::array();
  for (const BatchPainting& painting : report.results) {
    nlohmann::json result = to_json(painting.report);
    result.update(to_json(painting));
    results.push_back(std::move(result));
  }
  for (const BatchPainting& painting : report.skipped) skipped.push_back(to_json(painting));
  int missing = 0;
  for (const BatchFailure& failure : report.failures) {
    failures.push_back(to_json(failure));
    missing += failure.paintings;
  }
  return {{"results", results},
          {"skipped", skipped},
          {"failures", failures},
          {"totals",
           {{"asked", report.asked},
            {"painted", report.results.size()},
            {"skipped", report.skipped.size()},
            {"failed", missing},
            {"seconds", report.seconds}}},
          {"stop_reason", report.cancelled ? "cancelled" : "done"}};
}

BatchReport stylize_batch(const BatchRequest& request, const OnProgress& on_progress,
                          const OnPainting& on_painting, std::stop_token stop) {
  return Batch(request, on_progress, on_painting, std::move(stop)).run();
}

}  // namespace atelier::jobs
