// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/palette.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "atelier/palette/extract.hpp"
#include "atelier/palette/palette_file.hpp"
#include "atelier/palette/swatch.hpp"
#include "jobs/content_digest.hpp"
#include "jobs/output_paths.hpp"
#include "jobs/palette_input.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int view_edge = 2048;  // px

void check(const PaletteRequest& request) {
  for (const fs::path& output : request.outputs) check_palette_output(request.input, output);
  if (!palette::is_palette_file(request.input)) return;
  if (!request.views.empty()) {
    fail(ErrorKind::invalid_argument,
         "--views shows a picture, and {} is a palette; name a picture.", request.input.string());
  }
  if (request.options.colors != 0) {
    fail(ErrorKind::invalid_argument,
         "--colors counts those of a picture, and {} is a palette; leave it out.",
         request.input.string());
  }
}

palette::Palette exported(const PaletteReport& report, const PaletteRequest& request) {
  if (request.options.scheme == "none") return report.palette;
  if (report.palette.colours.empty()) {
    fail(ErrorKind::bad_input, "{} has no colour to build a scheme on; name another picture.",
         request.input.string());
  }
  palette::Palette scheme =
      palette::proposed(request.options.scheme, palette::main_colour(report.palette).rgb);
  scheme.title = report.palette.title + ", " + request.options.scheme;
  return scheme;
}

/// A swatch sheet's recipe.
std::string recipe_of(const PaletteRequest& request) {
  return nlohmann::json{{"atelier", version()},
                        {"command", "palette"},
                        {"content", {{"sha256", content_digest(request.input)}}},
                        {"options", palette_option_table().to_json(request.options)}}
      .dump();
}

void write_outputs(const PaletteRequest& request, const std::optional<image::Image>& picture,
                   PaletteReport& report) {
  const bool found = request.options.scheme == "none";
  const palette::Palette palette = exported(report, request);
  for (const fs::path& output : request.outputs) {
    if (palette::is_palette_file(output)) {
      if (palette.colours.empty()) {
        fail(ErrorKind::bad_input,
             "{} shows no colour, so there is no palette for {}; name another picture.",
             request.input.string(), output.string());
      }
      write_file(output, palette::encode(palette, palette::format_of(output)));
    } else {
      palette::SwatchNotes notes;
      if (found) notes.picture = picture;
      if (found) notes.tone = report.tone;
      if (!palette.colours.empty()) notes.harmony = palette::harmony_of(palette);
      image::save(palette::swatch_sheet(palette, notes), output, {.recipe = recipe_of(request)});
    }
    report.outputs.push_back(output);
  }
}

void write_views(const PaletteRequest& request, PaletteReport& report) {
  make_folder(request.views);
  const std::string recipe = recipe_of(request);
  const auto write = [&](const image::Image& view, std::string_view name) {
    const fs::path file = request.views / (std::string(name) + ".png");
    image::save(view, file, {.bits = 8, .recipe = recipe});
    report.views.push_back(file);
  };
  const image::Image picture = load_for_palette(request.input, view_edge);
  for (const palette::Vision vision : palette::visions) {
    image::Image view = picture;
    palette::see_by(vision, view.rgb);
    write(view, palette::vision_name(vision));
  }
  write(palette::value_study(picture), "values");
}

nlohmann::json to_json(const palette::Palette& palette) {
  return nlohmann::json::parse(palette::encode(palette, palette::Format::json));
}

nlohmann::json to_json(const palette::Tone& tone) {
  return {{"darks", tone.darks},     {"mids", tone.mids},      {"lights", tone.lights},
          {"darkest", tone.darkest}, {"median", tone.median},  {"lightest", tone.lightest},
          {"key", tone.key},         {"range", tone.range},    {"warm", tone.warm},
          {"cool", tone.cool},       {"neutral", tone.neutral}};
}

}  // namespace

const OptionTable<PaletteOptions>& palette_option_table() {
  using O = PaletteOptions;
  static const OptionTable<O> table{
      {&O::colors,
       {"colors",
        "Palette",
        "how many colours; auto: as many as are found",
        "colours",
        1,
        palette::max_found,
        {},
        {{"auto", 0}}}},
      {&O::scheme,
       {"scheme",
        "Palette",
        "write this scheme, built on the main colour, instead of the colours found",
        "",
        {},
        {},
        [] {
          std::vector<std::string> names{"none"};
          for (const palette::Scheme& scheme : palette::schemes()) names.emplace_back(scheme.name);
          return names;
        }(),
        {}}},
  };
  return table;
}

PaletteReport find_palette(const PaletteRequest& request) {
  check(request);
  PaletteReport report;
  report.input = request.input;
  report.asked = request.options.colors;
  {
    const Stopwatch watch(report.seconds);
    std::optional<image::Image> picture;
    if (palette::is_palette_file(request.input)) {
      report.palette = palette::read_palette(request.input);
    } else {
      picture = load_for_palette(request.input, palette::working_edge);
      report.palette = palette::extract(*picture, request.options.colors);
      report.palette.title = request.input.stem().string();
      report.tone = palette::tone_of(*picture);
      picture = load_for_palette(request.input, 1024);  // as the sheet shows it
    }
    report.harmony = palette::harmony_of(report.palette);
    report.contrasts = palette::contrasts(report.palette);
    report.confusions = palette::confusions(report.palette);
    if (!report.palette.colours.empty()) {
      const image::Rgb base = palette::main_colour(report.palette).rgb;
      for (const palette::Scheme& scheme : palette::schemes())
        report.proposed.push_back(palette::proposed(scheme.name, base));
    }
    write_outputs(request, picture, report);
    if (!request.views.empty()) write_views(request, report);
  }
  report.peak_rss_bytes = peak_rss_bytes();
  return report;
}

nlohmann::json to_json(const PaletteReport& report) {
  nlohmann::json contrasts = nlohmann::json::array(), confusions = nlohmann::json::array(),
                 proposed = nlohmann::json::array(), outputs = nlohmann::json::array(),
                 views = nlohmann::json::array();
  for (const palette::ContrastPair& pair : report.contrasts) {
    contrasts.push_back({{"pair", {pair.first, pair.second}},
                         {"ratio", pair.ratio},
                         {"wcag", palette::wcag_level(pair.ratio)}});
  }
  for (const palette::Confusion& one : report.confusions) {
    confusions.push_back({{"vision", palette::vision_name(one.vision)},
                          {"pair", {one.first, one.second}},
                          {"difference", one.difference}});
  }
  for (const palette::Palette& scheme : report.proposed) proposed.push_back(to_json(scheme));
  for (const fs::path& output : report.outputs) outputs.push_back(output.string());
  for (const fs::path& view : report.views) views.push_back(view.string());
  nlohmann::json json{{"input", report.input.string()},
                      {"colours", to_json(report.palette)["colours"]},
                      {"harmony",
                       {{"scheme", report.harmony.scheme},
                        {"fit", report.harmony.fit},
                        {"first_hue", report.harmony.first_hue},
                        {"deviation", report.harmony.deviation}}},
                      {"proposed", proposed},
                      {"contrast", contrasts},
                      {"confused", confusions},
                      {"output", outputs},
                      {"views", views},
                      {"seconds", report.seconds},
                      {"peak_rss_bytes", report.peak_rss_bytes}};
  if (report.tone) json["tone"] = to_json(*report.tone);
  return json;
}

}  // namespace atelier::jobs
