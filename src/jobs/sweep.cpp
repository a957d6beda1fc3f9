// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "image/formats.hpp"
#include "jobs/choose_style.hpp"
#include "jobs/output_paths.hpp"
#include "jobs/same_recipe.hpp"
#include "jobs/sweep_sheet.hpp"
#include "jobs/workshop.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int longest_cell = 512;  // px

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool is_list(const OptionValue& value) {
  return std::holds_alternative<std::vector<double>>(value) ||
         std::holds_alternative<std::vector<std::string>>(value);
}

/// "style-weight=2_size=256.png"; what a name cannot hold is '-'.
std::string file_name(const std::vector<SweepAxis>& axes, const std::vector<std::string>& values) {
  std::string name;
  for (std::size_t i = 0; i < axes.size(); ++i)
    name += (i == 0 ? "" : "_") + axes[i].option + "=" + values[i];
  std::replace(name.begin(), name.end(), '/', '-');
  return name + ".png";
}

/// What combinations of options and pictures give, checked one and all before the first is painted.
std::vector<StylizeRequest> planned(const SweepRequest& request, const fs::path& folder,
                                    std::vector<SweptPainting>& paintings) {
  const auto& table = style::stylize_option_table();
  std::vector<StylizeRequest> requests;
  for (const auto& places : combinations(request.axes)) {
    StylizeRequest one = request.each;
    SweptPainting painting;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const SweepAxis& axis = request.axes[i];
      painting.values.push_back(axis.values[places[i]]);
      table.find(axis.option)->parse(one.options, std::string_view(painting.values.back()));
    }
    style::check_options(one.options, one.styles.size());
    one.output = folder / file_name(request.axes, painting.values);
    painting.output = one.output;
    requests.push_back(std::move(one));
    paintings.push_back(std::move(painting));
  }
  return requests;
}

void check(const SweepRequest& request) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < request.axes.size(); ++i) {
    const SweepAxis& axis = request.axes[i];
    for (std::size_t before = 0; before < i; ++before) {
      if (request.axes[before].option == axis.option) {
        fail(ErrorKind::invalid_argument, "--sweep {} is given twice; put all its values into one.",
             axis.option);
      }
    }
    count *= axis.values.size();
  }
  if (count > max_swept) {
    fail(ErrorKind::invalid_argument,
         "--sweep asks for {} paintings and at most {} go onto a sheet; take fewer values.", count,
         max_swept);
  }
  const StylizeExtras& extras = request.each.extras;
  for (const auto& [name, value] : {std::pair{"--trace", extras.trace},
                                    {"--plot", extras.plot},
                                    {"--checkpoint", extras.checkpoint}}) {
    if (!value.empty()) {
      fail(ErrorKind::invalid_argument,
           "{} {} follows one painting, and --sweep makes several; leave it out.", name, value);
    }
  }
}

class Sweep {
 public:
  Sweep(SweepRequest request, const OnProgress& on_progress, std::stop_token stop)
      : request_(std::move(request)), on_progress_(on_progress), stop_(std::move(stop)) {
    check(request_);
    const fs::path& output = request_.each.output;
    keeps_all_ = !image::format_of_suffix(output);
    report_.axes = request_.axes;
    report_.sheet = keeps_all_ ? output / "sheet.png" : output;
    requests_ = planned(request_, keeps_all_ ? output : own_folder_.path(), report_.results);
    report_.asked = static_cast<int>(requests_.size());
    if (keeps_all_) make_folder(output);
    StylizeRequest sheet = request_.each;
    sheet.output = report_.sheet;
    check_paths(sheet);
  }

  SweepReport run() {
    std::size_t done = 0;
    for (; done < requests_.size() && !report_.cancelled; ++done) {
      if (stop_.stop_requested()) break;
      paint(done);
    }
    report_.cancelled = report_.cancelled || done < requests_.size();
    report_.results.resize(done);
    write_sheet();
    if (!keeps_all_) {
      for (SweptPainting& painting : report_.results) painting.output.clear();
    }
    report_.seconds = seconds();
    return std::move(report_);
  }

 private:
  void paint(std::size_t i) {
    SweptPainting& painting = report_.results[i];
    if (keeps_all_ && already_painted(painting.output, planned_recipe(requests_[i], workshop_))) {
      painting.skipped = true;
      return;
    }
    const std::string what = painting.output.stem().string();
    painting.report = stylize(
        requests_[i], workshop_,
        [&](const Progress& of_one) {
          if (!on_progress_) return;
          Progress progress = of_one;
          progress.stage =
              fmt::format("{} of {}, {}, {}", i + 1, requests_.size(), what, of_one.stage);
          on_progress_(progress);
        },
        stop_);
    report_.cancelled = painting.report.stop_reason == "cancelled";
  }

  void write_sheet() {
    if (report_.results.empty()) return;
    image::ContactSheet sheet;
    sheet.title = request_.each.content.stem().string();
    for (const fs::path& style : request_.each.styles)
      sheet.title +=
          (&style == &request_.each.styles.front() ? " × " : " + ") + style.stem().string();
    std::vector<image::SheetCell> cells(requests_.size());
    int longest = 0;
    for (std::size_t i = 0; i < report_.results.size(); ++i) {
      const SweptPainting& painting = report_.results[i];
      cells[i].picture = image::load(painting.output);
      longest = std::max({longest, cells[i].picture->width, cells[i].picture->height});
      if (painting.skipped) continue;
      cells[i].label = fmt::format("total {:.3g}, {:.1f} s", painting.report.losses.total,
                                   painting.report.seconds);
    }
    sheet.cell = std::clamp(longest, 128, longest_cell);
    sheet.blocks = sweep_blocks(request_.axes, std::move(cells));
    image::save(image::contact_sheet(sheet), report_.sheet);
  }

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

  SweepRequest request_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  TemporaryFolder own_folder_;
  bool keeps_all_ = false;
  std::vector<StylizeRequest> requests_;
  Workshop workshop_;
  SweepReport report_;
};

}  // namespace

SweepAxis parse_sweep(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos || equals == 0) {
    fail(ErrorKind::invalid_argument,
         "--sweep does not take '{}'; name an option and its values: style-weight=0.5,1,2.", text);
  }
  std::string_view name = text.substr(0, equals);
  if (name.starts_with("--")) name.remove_prefix(2);
  const auto* entry = style::stylize_option_table().find(name);
  if (!entry) {
    fail(ErrorKind::invalid_argument,
         "--sweep knows no option '{}'; `atelier help options` lists them.", name);
  }
  SweepAxis axis{entry->spec.name, {}};
  if (axis.option == "preset") {
    fail(ErrorKind::invalid_argument,
         "--sweep does not take preset, which stands for several options; sweep one of those, such "
         "as size or iterations.");
  }
  const OptionValue like = entry->default_value();
  axis.values = split(text.substr(equals + 1), is_list(like) ? ';' : ',');
  std::vector<OptionValue> seen;
  for (const std::string& value : axis.values) {
    if (value.empty()) {
      fail(ErrorKind::invalid_argument, "--sweep {} has an empty value; leave it out.", text);
    }
    const OptionValue parsed = parse_option(entry->spec, like, std::string_view(value));
    if (std::find(seen.begin(), seen.end(), parsed) != seen.end()) {
      fail(ErrorKind::invalid_argument, "--sweep {} has {} twice; leave one out.", text, value);
    }
    seen.push_back(parsed);
  }
  return axis;
}

nlohmann::json to_json(const SweepReport& report) {
  nlohmann::json results = nlohmann::json::array(), axes = nlohmann::json::object();
  for (const SweepAxis& axis : report.axes) axes[axis.option] = axis.values;
  for (const SweptPainting& painting : report.results) {
    nlohmann::json values = nlohmann::json::object();
    for (std::size_t i = 0; i < report.axes.size(); ++i)
      values[report.axes[i].option] = painting.values[i];
    nlohmann::json result = painting.skipped ? nlohmann::json::object() : to_json(painting.report);
    result["output"] = painting.output.string();
    result["skipped"] = painting.skipped;
    result["values"] = values;
    results.push_back(std::move(result));
  }
  return {{"sweep", axes},
          {"results", results},
          {"output", report.sheet.string()},
          {"totals", {{"asked", report.asked}, {"seconds", report.seconds}}},
          {"warnings", report.warnings},
          {"stop_reason", report.cancelled ? "cancelled" : "done"}};
}

SweepReport sweep(const SweepRequest& request, const OnProgress& on_progress,
                  std::stop_token stop) {
  if (request.each.style_from.empty()) return Sweep(request, on_progress, std::move(stop)).run();
  ChosenStyle chosen = choose_style(request.each, on_progress, stop);
  SweepReport report =
      Sweep({std::move(chosen.request), request.axes}, on_progress, std::move(stop)).run();
  report.warnings = std::move(chosen.warnings);
  return report;
}

}  // namespace atelier::jobs
