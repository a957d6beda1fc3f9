// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/frame.hpp"

#include <tuple>

#include "atelier/appraise/appraiser.hpp"
#include "atelier/assist/sheet.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "jobs/compute.hpp"
#include "jobs/content_digest.hpp"
#include "jobs/frame_view.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_shapes = 12;

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) ||
         fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

void check(const FrameRequest& request) {
  for (const fs::path& output : {request.output, request.crop}) {
    if (output.empty()) continue;
    if (same_file(output, request.photo)) {
      fail(ErrorKind::invalid_argument, "the output {} is an input; give it another name.",
           output.string());
    }
    image::check_output(output);
  }
  if (!request.output.empty() && !request.crop.empty() && same_file(request.output, request.crop)) {
    fail(ErrorKind::invalid_argument,
         "the output and --crop are the same file, {}; give one another name.",
         request.output.string());
  }
}

/// The network that finds things, where its weights are here.
std::optional<nets::FeatureNet> eyes_at_hand() {
  try {
    return appraise::load_eyes();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::missing_weights) throw;
    return std::nullopt;
  }
}

std::vector<assist::Aspect> shapes_of(const FrameOptions& options, image::Size size) {
  if (options.aspect.empty() || options.aspect.size() > most_shapes) {
    fail(ErrorKind::invalid_argument, "--aspect names {} shapes; name 1 to {}.",
         options.aspect.size(), most_shapes);
  }
  std::vector<assist::Aspect> shapes;
  for (const std::string& text : options.aspect) shapes.push_back(assist::parse_aspect(text, size));
  return shapes;
}

std::string recipe_of(const FrameRequest& request) {
  return nlohmann::json{{"atelier", version()},
                        {"command", "frame"},
                        {"content", {{"sha256", content_digest(request.photo)}}},
                        {"straighten", request.straighten},
                        {"options", frame_option_table().to_json(request.options)}}
      .dump();
}

std::optional<std::size_t> best_of(const std::vector<assist::Proposal>& proposals) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    if (proposals[i].crops.empty()) continue;
    const assist::Crop& crop = proposals[i].crops.front();
    const assist::Crop* known = best ? &proposals[*best].crops.front() : nullptr;
    if (!known || std::tuple(crop.sure, crop.score) > std::tuple(known->sure, known->score))
      best = i;
  }
  return best;
}

void write_crop(const FrameRequest& request, const FrameView& view, FrameReport& report) {
  if (!report.best) {
    fail(ErrorKind::bad_input,
         "no crop of {} is written, since {}; ask for another --aspect, or whole.",
         request.photo.string(), report.proposals.front().refusal);
  }
  write_part(request.photo, view, report.proposals[*report.best].crops.front().part, request.crop,
             recipe_of(request));
  report.crop = request.crop;
}

void write_sheet(const FrameRequest& request, const FrameView& view, FrameReport& report) {
  const assist::Study study{
      request.photo.stem().string(),
      view.picture,
      report.size,
      report.scene,
      report.composition,
      assist::study_values(view.picture, std::stoi(request.options.values)).picture,
      report.proposals};
  image::save(assist::composition_sheet(study), request.output,
              {.bits = 8, .recipe = recipe_of(request)});
  report.output = request.output;
}

}  // namespace

const OptionTable<FrameOptions>& frame_option_table() {
  using O = FrameOptions;
  static const OptionTable<O> table{
      {&O::aspect,
       {"aspect",
        "Crops",
        "shapes of crops: W:H as in 4:5, original (the picture's own) or whole (all of it)",
        "",
        {},
        {},
        {},
        {}}},
      {&O::each, {"each", "Crops", "crops of every shape, that differ clearly", "", 1, 5, {}, {}}},
      {&O::values,
       {"values",
        "Composition",
        "how many values the study of light and dark has",
        "",
        {},
        {},
        {"3", "5"},
        {}}},
  };
  return table;
}

FrameReport frame(const FrameRequest& request) {
  check(request);
  FrameReport report;
  report.threads = set_up_compute("cpu", 0).threads;
  report.photo = request.photo;
  report.straighten = request.straighten;
  {
    const Stopwatch watch(report.seconds);
    const FrameView view = view_of(request.photo, request.straighten);
    report.size = view.size;
    report.turned = view.turned;
    report.before = view.before;
    const std::vector<assist::Aspect> shapes = shapes_of(request.options, view.size);
    report.scene = assist::see(view.picture, evidence_in(view.picture, eyes_at_hand()));
    report.composition =
        assist::measure(view.picture, report.scene, std::stoi(request.options.values));
    report.proposals = assist::propose_crops(report.scene, report.composition, view.size, shapes,
                                             request.options.each);
    report.best = best_of(report.proposals);
    if (!request.crop.empty()) write_crop(request, view, report);
    if (!request.output.empty()) write_sheet(request, view, report);
  }
  report.peak_rss_bytes = peak_rss_bytes();
  return report;
}

}  // namespace atelier::jobs
