// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/translate.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "atelier/base/resources.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "atelier/translate/translator.hpp"
#include "jobs/batch_plan.hpp"
#include "jobs/compute.hpp"
#include "jobs/content_digest.hpp"
#include "jobs/output_paths.hpp"
#include "jobs/own_model.hpp"
#include "jobs/streamed.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

fs::path model_of(const Translation& options) {
  if (!options.model.empty()) return options.model;
  return own_model("monet", "name a file that `atelier train translate` wrote with --model");
}

/// Whether the file was painted by this very recipe.
bool already_painted(const fs::path& file, const nlohmann::json& recipe) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return false;
  try {
    const std::optional<std::string> text = image::read_recipe(file);
    return text && nlohmann::json::parse(*text, nullptr, false) == recipe;
  } catch (const Error&) {
    return false;  // no picture that can be read: it is painted anew
  }
}

class Run {
 public:
  Run(const TranslateRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        compute_(set_up_compute(request.options.device, request.options.threads)),
        model_(model_of(request.options)),
        translator_(model_, compute_.device) {}

  TranslateReport one() {
    paint(request_.picture, request_.output, "");
    return finished();
  }

  TranslateReport many(const std::function<void(const TranslatedPicture&)>& on_picture) {
    BatchRequest asked;
    asked.content = request_.picture;
    asked.output = request_.output;
    asked.batch.format = request_.options.format;
    const BatchPlan plan = plan_batch(asked);
    for (const fs::path& folder : plan.unreadable) {
      report_.failures.push_back(
          {folder, fmt::format("the folder {} cannot be read.", folder.string())});
    }
    make_folder(request_.output);
    for (std::size_t i = 0; i < plan.items.size() && !report_.cancelled; ++i) {
      const BatchItem& item = plan.items[i];
      try {
        if (stop_.stop_requested()) fail(ErrorKind::cancelled, "interrupted.");
        make_folder(item.output.parent_path());
        if (!paint(item.content, item.output,
                   fmt::format("{} of {}, {}, ", i + 1, plan.items.size(),
                               item.output.lexically_relative(request_.output).string()))) {
          report_.skipped.push_back(item.output);
        } else if (on_picture) {
          on_picture(report_.results.back());
        }
      } catch (const Error& error) {
        report_.cancelled = error.kind() == ErrorKind::cancelled;
        if (report_.cancelled) break;
        if (!concerns_one_painting(error.kind())) throw;
        report_.failures.push_back({item.content, error.what(), error.kind(), 1});
      }
    }
    return finished();
  }

 private:
  [[nodiscard]] nlohmann::json recipe_for(const fs::path& picture) const {
    return {{"atelier", version()},
            {"command", "translate"},
            {"content", {{"sha256", content_digest(picture)}}},
            {"model_sha256", translator_.digest()},
            {"direction", request_.options.direction},
            {"size", request_.options.size}};
  }

  /// Whether it was painted; not when it was there already. `stage`: what progress begins with.
  bool paint(const fs::path& picture, const fs::path& output, const std::string& stage) {
    StreamedPainting painting{picture, output, {}, {}};
    painting.options.size = request_.options.size;
    StylizeRequest paths;
    paths.content = picture;
    paths.output = output;
    check_paths(paths);
    const nlohmann::json recipe = recipe_for(picture);
    if (!stage.empty() && already_painted(output, recipe)) return false;
    painting.save.recipe = recipe.dump();
    TranslatedPicture done{picture, output, 0, 0, 0};
    const LookOf look_of = [&](image::Image whole, image::Size) {
      return translator_.look(whole, request_.options.direction == "back"
                                         ? translate::Direction::back
                                         : translate::Direction::there);
    };
    const auto pass_on = [&](Progress progress) {
      progress.stage = stage + progress.stage;
      if (on_progress_) on_progress_(progress);
    };
    const image::Size size = paint_streamed(painting, look_of, pass_on, stop_, done.seconds);
    done.width = size.width;
    done.height = size.height;
    report_.results.push_back(done);
    return true;
  }

  TranslateReport finished() {
    report_.model = model_.string();
    report_.model_sha256 = translator_.digest();
    report_.device = compute_.device;
    report_.threads = compute_.threads;
    report_.peak_rss_bytes = peak_rss_bytes();
    return std::move(report_);
  }

  const TranslateRequest& request_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  ComputeNames compute_;
  fs::path model_;
  translate::Translator translator_;
  TranslateReport report_;
};

}  // namespace

const OptionTable<Translation>& translation_table() {
  using O = Translation;
  static const OptionTable<O> table{
      {&O::model,
       {"model",
        "Translator",
        "the file of a translator, as train translate wrote it; not given: Atelier's own, of "
        "photographs and Monet",
        "",
        {},
        {},
        {},
        {}}},
      {&O::direction,
       {"direction",
        "Translator",
        "there: from the first collection to the second, from photographs to paintings; back: the "
        "other way",
        "",
        {},
        {},
        {"there", "back"},
        {}}},
      {&O::size,
       {"size",
        "Translator",
        "longer edge of the painting; 0: the picture's own",
        "px",
        0,
        262144,
        {},
        {}}},
      {&O::format,
       {"format",
        "Batches",
        "format of a folder's paintings; own: each picture's",
        "",
        {},
        {},
        {"own", "png", "jpg", "tif", "webp"},
        {}}},
      {&O::device, {"device", "Run", "auto, cpu, cuda or cuda:N", "", {}, {}, {}, {}}},
      {&O::threads,
       {"threads", "Run", "processors to use; 0: all that there are", "", 0, 1024, {}, {}}},
  };
  return table;
}

nlohmann::json to_json(const TranslateReport& report) {
  nlohmann::json results = nlohmann::json::array(), skipped = nlohmann::json::array(),
                 failures = nlohmann::json::array();
  for (const TranslatedPicture& one : report.results) {
    results.push_back({{"picture", one.picture.string()},
                       {"output", one.output.string()},
                       {"width", one.width},
                       {"height", one.height},
                       {"seconds", one.seconds}});
  }
  for (const fs::path& output : report.skipped) skipped.push_back(output.string());
  for (const BatchFailure& failure : report.failures) failures.push_back(to_json(failure));
  return {{"results", results},
          {"skipped", skipped},
          {"failures", failures},
          {"stop_reason", report.cancelled ? "cancelled" : "done"},
          {"model", report.model},
          {"model_sha256", report.model_sha256},
          {"device", report.device},
          {"threads", report.threads},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

TranslateReport translate(const TranslateRequest& request, const OnProgress& on_progress,
                          const std::function<void(const TranslatedPicture&)>& on_picture,
                          std::stop_token stop) {
  Run run(request, on_progress, std::move(stop));
  return is_batch(request.picture, {}) ? run.many(on_picture) : run.one();
}

}  // namespace atelier::jobs
