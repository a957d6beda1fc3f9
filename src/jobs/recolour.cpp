// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/rows.hpp"
#include "atelier/jobs/palette.hpp"
#include "atelier/jobs/version.hpp"
#include "atelier/palette/extract.hpp"
#include "atelier/palette/palette_file.hpp"
#include "atelier/palette/recolour.hpp"
#include "jobs/content_digest.hpp"
#include "jobs/palette_input.hpp"

namespace atelier::jobs {
namespace {

constexpr int rows_at_once = 64;

std::string recipe_of(const RecolourRequest& request) {
  return nlohmann::json{{"atelier", version()},
                        {"command", "palette apply"},
                        {"content", {{"sha256", content_digest(request.picture)}}},
                        {"palette", {{"sha256", content_digest(request.palette)}}},
                        {"keep_lightness", request.keep_lightness},
                        {"options", recolour_option_table().to_json(request.options)}}
      .dump();
}

void paint(const RecolourRequest& request, const palette::Recolouring& recolouring,
           const OnProgress& on_progress, const std::stop_token& stop, RecolourReport& report) {
  image::RowReader from(request.picture, {.min_edge = 1});
  const image::Size size = from.size();
  image::RowWriter to(request.output, size, from.alpha(), from.bits(),
                      {.recipe = recipe_of(request)});
  for (int y = 0; y < size.height; y += rows_at_once) {
    if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted; nothing was written.");
    image::Image rows;
    rows.width = size.width;
    rows.height = std::min(rows_at_once, size.height - y);
    rows.rgb.resize(3 * rows.pixels());
    if (from.alpha()) rows.alpha.resize(rows.pixels());
    from.read(rows, 0, rows.height);
    recolouring.apply(rows.rgb);
    to.write(rows);
    if (on_progress) {
      on_progress(
          {.stage = "recolouring", .done = y + rows.height, .total = size.height, .values = {}});
    }
  }
  to.finish();
  report.width = size.width;
  report.height = size.height;
  report.bits = from.bits();
}

}  // namespace

const OptionTable<RecolourSettings>& recolour_option_table() {
  using O = RecolourSettings;
  static const OptionTable<O> table{
      {&O::colors,
       {"colors",
        "Recolouring",
        "how many colours are taken of a picture; auto: as many as are found",
        "colours",
        1,
        palette::max_found,
        {},
        {{"auto", 0}}}},
      {&O::strength,
       {"strength",
        "Recolouring",
        "how far colours go on their way; 0: not at all",
        "",
        0,
        1,
        {},
        {}}},
      {&O::shares,
       {"shares",
        "Recolouring",
        "palette: as much of each colour as the palette has (equal parts where it does not say); "
        "free: every colour goes to what is near",
        "",
        {},
        {},
        {"palette", "free"},
        {}}},
  };
  return table;
}

RecolourReport recolour(const RecolourRequest& request, const OnProgress& on_progress,
                        std::stop_token stop) {
  check_palette_output(request.picture, request.output);
  check_palette_output(request.palette, request.output);
  image::check_output(request.output);
  if (palette::is_palette_file(request.palette) && request.options.colors != 0) {
    fail(ErrorKind::invalid_argument,
         "--colors counts those of a picture, and {} is a palette; leave it out.",
         request.palette.string());
  }
  RecolourReport report{request.picture, request.output, {}};
  {
    const Stopwatch watch(report.seconds);
    report.palette = palette_from(request.palette, request.options.colors);
    const palette::Recolouring recolouring(
        load_for_palette(request.picture, palette::working_edge), report.palette,
        {request.options.strength, request.keep_lightness, request.options.shares == "free"});
    paint(request, recolouring, on_progress, stop, report);
  }
  report.peak_rss_bytes = peak_rss_bytes();
  return report;
}

nlohmann::json to_json(const RecolourReport& report) {
  return {{"picture", report.picture.string()},
          {"output", report.output.string()},
          {"palette", nlohmann::json::parse(
                          palette::encode(report.palette, palette::Format::json))["colours"]},
          {"width", report.width},
          {"height", report.height},
          {"bits", report.bits},
          {"seconds", report.seconds},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

}  // namespace atelier::jobs
