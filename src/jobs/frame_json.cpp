// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/frame.hpp"

namespace atelier::jobs {
namespace {

using nlohmann::json;

json to_json(const assist::Point& point) {
  return {{"x", point.x}, {"y", point.y}};
}

json to_json(const assist::Box& box) {
  return {{"left", box.left}, {"top", box.top}, {"right", box.right}, {"bottom", box.bottom}};
}

json to_json(const assist::Line& line) {
  return {{"from", to_json(line.from)}, {"to", to_json(line.to)}};
}

json to_json(const assist::Placement& placement) {
  return {{"fit", placement.value},
          {"nearest", to_json(placement.crossing)},
          {"distance", placement.distance}};
}

json to_json(const assist::Level& level) {
  json result{{"tilt_degrees", level.tilt}, {"certainty", level.certainty}};
  if (level.horizon) {
    result["horizon"] = {{"line", to_json(level.horizon->line)},
                         {"tilt_degrees", level.horizon->tilt},
                         {"certainty", level.horizon->certainty}};
  }
  if (level.verticals) {
    result["verticals"] = {{"tilt_degrees", *level.verticals},
                           {"certainty", level.verticals_certainty}};
  }
  return result;
}

json to_json(const assist::Leading& leading) {
  json lines = json::array();
  for (const assist::LeadingLine& line : leading.lines)
    lines.push_back({{"line", to_json(line.line)}, {"certainty", line.certainty}});
  json result{{"strength", leading.value}, {"lines", lines}};
  if (leading.vanishing) {
    result["vanishing_point"] = {{"place", to_json(leading.vanishing->place)},
                                 {"certainty", leading.vanishing->certainty}};
  }
  return result;
}

json to_json(const assist::Room& room) {
  json result{
      {"left", room.left}, {"top", room.top}, {"right", room.right}, {"bottom", room.bottom}};
  if (room.headroom) result["headroom"] = *room.headroom;
  if (room.lead) result["lead_room"] = *room.lead;
  return result;
}

json to_json(const assist::Values& values) {
  return {{"shares", values.shares},       {"lightness", values.lightness},
          {"clearness", values.clearness}, {"masses", values.masses},
          {"largest", values.largest},     {"pattern", values.pattern}};
}

json to_json(const assist::Composition& composition) {
  json result{
      {"balance",
       {{"value", composition.balance.value}, {"centre", to_json(composition.balance.centre)}}},
      {"diagonals", composition.diagonals},
      {"symmetry",
       {{"left_right", composition.symmetry.left_right},
        {"axis", composition.symmetry.axis},
        {"top_bottom", composition.symmetry.top_bottom}}},
      {"level", to_json(composition.level)},
      {"leading_lines", to_json(composition.leading)},
      {"empty", composition.empty},
      {"values", to_json(composition.values)}};
  if (composition.thirds) result["thirds"] = to_json(*composition.thirds);
  if (composition.golden) result["golden_section"] = to_json(*composition.golden);
  if (composition.room) result["room"] = to_json(*composition.room);
  return result;
}

const char* facing_word(assist::Facing facing) {
  switch (facing) {
    case assist::Facing::left:
      return "left";
    case assist::Facing::right:
      return "right";
    case assist::Facing::viewer:
      break;
  }
  return "viewer";
}

json to_json(const assist::Subject& subject) {
  json result{{"box", to_json(subject.box)},
              {"centre", to_json(subject.centre)},
              {"kind", subject.head ? "head" : "object"},
              {"weight", subject.weight},
              {"clearness", subject.clearness}};
  if (subject.head) result["facing"] = facing_word(subject.facing);
  return result;
}

json to_json(const assist::Proposal& proposal) {
  json crops = json::array();
  for (const assist::Crop& crop : proposal.crops) {
    crops.push_back({{"left", crop.part.left},
                     {"top", crop.part.top},
                     {"width", crop.part.width},
                     {"height", crop.part.height},
                     {"score", crop.score},
                     {"sure", crop.sure},
                     {"reasons", crop.reasons}});
  }
  json result{{"aspect", proposal.aspect.name}, {"crops", crops}};
  if (!proposal.refusal.empty()) result["refused"] = proposal.refusal;
  return result;
}

}  // namespace

nlohmann::json to_json(const FrameReport& report) {
  json subjects = json::array(), faces = json::array(), texts = json::array(),
       proposals = json::array();
  for (const assist::Subject& subject : report.scene.subjects) subjects.push_back(to_json(subject));
  for (const assist::Face& face : report.scene.evidence.faces)
    faces.push_back({{"box", to_json(face.box)}, {"certainty", face.certainty}});
  for (const assist::Text& text : report.scene.evidence.texts)
    texts.push_back({{"box", to_json(text.box)}, {"certainty", text.certainty}});
  for (const assist::Proposal& proposal : report.proposals) proposals.push_back(to_json(proposal));
  json result{{"photo", report.photo.string()},
              {"width", report.size.width},
              {"height", report.size.height},
              {"subjects", subjects},
              {"objects_certainty", report.scene.objects_certainty},
              {"faces", faces},
              {"text", texts},
              {"composition", to_json(report.composition)},
              {"crops", proposals},
              {"threads", report.threads},
              {"seconds", report.seconds},
              {"peak_rss_bytes", report.peak_rss_bytes}};
  if (const auto& things = report.scene.things) {
    result["things"] = {{"surely", to_json(things->surely)}, {"nearly", to_json(things->nearly)}};
  }
  if (report.best) result["best"] = report.proposals[*report.best].aspect.name;
  if (report.straighten) {
    result["straightened"] = {{"turned_degrees", report.turned},
                              {"before", to_json(report.before)}};
  }
  if (!report.output.empty()) result["output"] = report.output.string();
  if (!report.crop.empty()) result["crop"] = report.crop.string();
  return result;
}

}  // namespace atelier::jobs
