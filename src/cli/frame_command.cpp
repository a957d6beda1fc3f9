// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <memory>

#include "atelier/jobs/frame.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string photo, output, crop;
  GivenOptions options;
  bool straighten = false, json = false;
};

std::string place_words(const assist::Point& at) {
  const char* across = at.x < 0.4 ? "left" : at.x > 0.6 ? "right" : "middle";
  const char* down = at.y < 0.4 ? "upper" : at.y > 0.6 ? "lower" : "middle";
  return std::string(down) == across ? "middle" : fmt::format("{} {}", down, across);
}

void print_subjects(const assist::Scene& scene) {
  if (scene.subjects.empty()) print_line("subject: nothing stands out clearly");
  std::size_t heads = 0;
  for (const assist::Subject& subject : scene.subjects) heads += subject.head ? 1 : 0;
  if (!scene.subjects.empty()) {
    const assist::Subject& main = scene.subjects.front();
    print_line(
        "subject: {} at the {}, {:.0f} % of what draws the eye; {} subjects, {} of them heads",
        main.head ? "a head" : "an object", place_words(main.centre), 100 * main.weight,
        scene.subjects.size(), heads);
  }
  if (!scene.things) {
    print_line("objects are found better after: atelier models fetch efficientnet-lite0");
  }
  if (!scene.evidence.texts.empty()) print_line("text: {} lines", scene.evidence.texts.size());
}

void print_level(const assist::Level& level, const char* name) {
  if (level.certainty < assist::certain) {
    print_line("{}: not certain ({:.2f})", name, level.certainty);
  } else {
    print_line("{}: {:.1f} degrees, {}; certainty {:.2f}", name, std::abs(level.tilt),
               std::abs(level.tilt) < 0.15 ? "level"
               : level.tilt > 0            ? "right side higher"
                                           : "left side higher",
               level.certainty);
  }
}

void print_composition(const assist::Composition& composition) {
  std::string fits;
  if (composition.thirds) fits += fmt::format(", thirds {:.2f}", composition.thirds->value);
  if (composition.golden) fits += fmt::format(", golden section {:.2f}", composition.golden->value);
  print_line("balance {:.2f}{}, diagonals {:.2f}", composition.balance.value, fits,
             composition.diagonals);
  print_line("mirror images: left and right {:.2f}, top and bottom {:.2f}; leading lines {:.2f}",
             composition.symmetry.left_right, composition.symmetry.top_bottom,
             composition.leading.value);
  if (composition.room) {
    const assist::Room& room = *composition.room;
    std::string line =
        fmt::format("room: left {:.0f} %, top {:.0f} %, right {:.0f} %, bottom {:.0f} %",
                    100 * room.left, 100 * room.top, 100 * room.right, 100 * room.bottom);
    if (room.headroom) line += fmt::format("; headroom {:.1f} heads", *room.headroom);
    if (room.lead) line += fmt::format("; lead room {:.2f}", *room.lead);
    print_line("{}; {:.0f} % of the picture is empty", line, 100 * composition.empty);
  }
  std::string shares;
  for (const double share : composition.values.shares)
    shares += fmt::format("{}{:.0f}", shares.empty() ? "" : ", ", 100 * share);
  print_line(
      "values, dark to light: {} %; {}", shares,
      composition.values.pattern.empty() ? "nothing to be seen" : composition.values.pattern);
}

void print_report(const jobs::FrameReport& report) {
  if (report.straighten) {
    print_level(report.before, "tilt before");
    if (report.turned != 0) {
      print_line("turned by {:.1f} degrees; {} x {} px are left", -report.turned, report.size.width,
                 report.size.height);
    } else {
      print_line("left as it is");
    }
  }
  print_subjects(report.scene);
  print_level(report.composition.level, "tilt");
  print_composition(report.composition);
  for (const assist::Proposal& proposal : report.proposals) {
    for (const assist::Crop& crop : proposal.crops) {
      std::string reasons;
      for (const std::string& reason : crop.reasons)
        reasons += (reasons.empty() ? "" : "; ") + reason;
      print_line("crop {}: {} x {} px from {}, {}; score {:.2f}; {}", proposal.aspect.name,
                 crop.part.width, crop.part.height, crop.part.left, crop.part.top, crop.score,
                 reasons);
    }
    if (proposal.crops.empty())
      print_line("crop {}: none, since {}", proposal.aspect.name, proposal.refusal);
  }
  if (!report.output.empty()) print_line("{}", report.output.string());
  if (!report.crop.empty()) {
    print_line("{}: {}", report.crop.string(), report.proposals[*report.best].aspect.name);
  }
}

int frame(const Given& given) {
  jobs::FrameRequest request{.photo = given.photo,
                             .output = given.output,
                             .crop = given.crop,
                             .straighten = given.straighten,
                             .options = {}};
  apply_options(jobs::frame_option_table(), given.options, request.options);
  const jobs::FrameReport report = jobs::frame(request);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return 0;
}

}  // namespace

void add_frame(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "frame", "measure the composition of a picture, show it, and crop or level the picture");
  const auto given = std::make_shared<Given>();
  command->add_option("PHOTO", given->photo, "the picture that is looked at")
      ->required()
      ->type_name("");
  command
      ->add_option("-o,--output", given->output,
                   "a sheet with the picture and what was found, drawn on it")
      ->type_name("PATH");
  command
      ->add_option("--crop", given->crop,
                   "the best of the proposed crops, cut from the picture at full resolution")
      ->type_name("PATH");
  command->add_flag("--straighten", given->straighten,
                    "first turn the picture level, where its tilt is certain, and cut its corners");
  command->add_flag("--json", given->json, "print one JSON object with all that was measured");
  add_table_options(*command, given->options, jobs::frame_option_table());
  command->callback([given, &action] { action = [given] { return frame(*given); }; });
}

}  // namespace atelier::cli
