// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/palette.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string input, views;
  std::vector<std::string> outputs;
  GivenOptions options;
  bool json = false;
};

struct GivenRecolouring {
  std::string picture, palette, output;
  GivenOptions options;
  bool keep_lightness = false, json = false, quiet = false;
};

void print_colours(const palette::Palette& palette) {
  for (const palette::Colour& colour : palette.colours) {
    const image::Oklab lab = image::oklab_from_srgb(colour.rgb);
    std::string line = fmt::format("{}  L {:3.0f}  C {:2.0f}  h {:3.0f}", palette::hex(colour.rgb),
                                   100 * lab.L, 100 * palette::chroma(lab), palette::hue(lab));
    if (colour.share) line += fmt::format("  {:5.1f} %", 100 * *colour.share);
    if (colour.place) {
      line += fmt::format("  at {:2.0f},{:2.0f} +- {:2.0f}", 100 * colour.place->x,
                          100 * colour.place->y, 100 * colour.place->spread);
    }
    print_line("{}  {}", line, colour.name);
  }
}

void print_together(const jobs::PaletteReport& report) {
  const palette::Palette& palette = report.palette;
  const auto& pairs = report.contrasts;
  if (!pairs.empty()) {
    const palette::ContrastPair& most = pairs.front();
    print_line("contrast: {} on {} {:.1f}:1 ({}), the most of {} pairs",
               palette.colours[most.first].name, palette.colours[most.second].name, most.ratio,
               palette::wcag_level(most.ratio), pairs.size());
  }
  for (const palette::Confusion& one : report.confusions) {
    print_line("alike with {}: {} and {}", palette::vision_name(one.vision),
               palette.colours[one.first].name, palette.colours[one.second].name);
  }
}

void print_report(const jobs::PaletteReport& report) {
  const std::size_t count = report.palette.colours.size();
  if (count == 0) {
    print_line("nothing of {} is to be seen: no colours", report.input.string());
  } else {
    print_colours(report.palette);
    if (report.asked > static_cast<int>(count))
      print_line("{} colours were asked for, and there are no more than {}", report.asked, count);
    print_line("harmony: {}, fit {:.2f}, {:.0f} degrees off on average", report.harmony.scheme,
               report.harmony.fit, report.harmony.deviation);
    print_together(report);
  }
  if (report.tone && count > 0) {
    const palette::Tone& tone = *report.tone;
    print_line("values: {:.0f} % dark, {:.0f} % middle, {:.0f} % light; {} key, {} range",
               100 * tone.darks, 100 * tone.mids, 100 * tone.lights, tone.key, tone.range);
    print_line("warm {:.0f} %, cool {:.0f} %, neutral {:.0f} %", 100 * tone.warm, 100 * tone.cool,
               100 * tone.neutral);
  }
  for (const palette::Palette& scheme : report.proposed) {
    std::string line;
    for (const palette::Colour& colour : scheme.colours) line += " " + palette::hex(colour.rgb);
    print_line("proposed: {:<20}{}", scheme.title, line);
  }
  for (const auto& output : report.outputs) print_line("{}", output.string());
  for (const auto& view : report.views) print_line("{}", view.string());
}

int find(const Given& given) {
  if (given.input.empty()) {
    fail(ErrorKind::invalid_argument,
         "palette needs PICTURE, or: palette apply PICTURE --palette FILE -o OUT.");
  }
  jobs::PaletteRequest request{.input = given.input,
                               .outputs = {given.outputs.begin(), given.outputs.end()},
                               .views = given.views,
                               .options = {}};
  apply_options(jobs::palette_option_table(), given.options, request.options);
  const jobs::PaletteReport report = jobs::find_palette(request);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return 0;
}

int recolour(const GivenRecolouring& given) {
  jobs::RecolourRequest request{
      given.picture, given.palette, given.output, given.keep_lightness, {}};
  apply_options(jobs::recolour_option_table(), given.options, request.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::RecolourReport report = jobs::recolour(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{}: {} x {} px, {} colours, {:.1f} s", report.output.string(), report.width,
               report.height, report.palette.colours.size(), report.seconds);
  }
  return 0;
}

void add_apply(CLI::App& parent, Action& action) {
  CLI::App* command = parent.add_subcommand("apply", "bring a picture into a palette");
  const auto given = std::make_shared<GivenRecolouring>();
  command->add_option("PICTURE", given->picture, "what is recoloured")->required()->type_name("");
  command
      ->add_option("--palette", given->palette,
                   "a .gpl, .ase, .css or .json file, or a picture whose colours are taken")
      ->required()
      ->type_name("FILE");
  command->add_option("-o,--output", given->output, "the recoloured picture")
      ->required()
      ->type_name("PATH");
  command->add_flag("--keep-lightness", given->keep_lightness,
                    "of two pixels the lighter one stays lighter");
  command->add_flag("--json", given->json, "print one JSON object");
  command->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*command, given->options, jobs::recolour_option_table());
  command->callback([given, &action] { action = [given] { return recolour(*given); }; });
}

}  // namespace

void add_palette(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "palette", "find the colours of a work and what they make together, or recolour a picture");
  const auto given = std::make_shared<Given>();
  command->add_option("PICTURE", given->input, "a picture, or a palette file to read")
      ->type_name("");
  command
      ->add_option("-o,--output", given->outputs,
                   "a .gpl, .ase, .css or .json file, or a swatch picture; can be given again")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command
      ->add_option("--views", given->views,
                   "a folder for the picture as colour-blind eyes see it, and in five values")
      ->type_name("DIR");
  command->add_flag("--json", given->json, "print one JSON object with all that was measured");
  add_table_options(*command, given->options, jobs::palette_option_table());
  command->callback([given, command, &action] {
    if (command->get_subcommands().empty()) action = [given] { return find(*given); };
  });
  add_apply(*command, action);
}

}  // namespace atelier::cli
