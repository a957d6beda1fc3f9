// SPDX-License-Identifier: Apache-2.0
#include "jobs/frame_view.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/appraise/things.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/rows.hpp"
#include "atelier/vision/faces.hpp"
#include "atelier/vision/lines.hpp"
#include "atelier/vision/text.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int looked_at = 1024;  // px, long edge
constexpr int rows_at_once = 64;
constexpr double least_turn = 0.1;  // degrees: less is level
constexpr double most_turn = 15;    // degrees: more was meant
constexpr int safety = 1;           // px at each side, for what resampling takes from beyond

/// The largest part of the picture's shape whose corners are all picture once it is turned.
image::Part level_part(image::Size size, double degrees) {
  const double share = assist::level_share(size, degrees);
  const auto edge = [&](int full) {
    return std::max(static_cast<int>(std::floor(full * share)) - 2 * safety, 1);
  };
  const int width = edge(size.width), height = edge(size.height);
  return {(size.width - width) / 2, (size.height - height) / 2, width, height};
}

/// In shares of the picture.
template <class Found>
assist::Box box_of(const Found& found, const image::Image& picture) {
  return assist::common(
      {found.x / picture.width, found.y / picture.height, (found.x + found.width) / picture.width,
       (found.y + found.height) / picture.height},
      {});
}

assist::Facing facing_of(vision::Facing facing) {
  switch (facing) {
    case vision::Facing::left:
      return assist::Facing::left;
    case vision::Facing::right:
      return assist::Facing::right;
    case vision::Facing::viewer:
      break;
  }
  return assist::Facing::viewer;
}

std::vector<assist::Edge> edges_in(const image::Image& picture) {
  const auto width = static_cast<double>(picture.width),
             height = static_cast<double>(picture.height);
  std::vector<assist::Edge> edges;
  for (const vision::LineSegment& line : vision::find_lines(picture)) {
    edges.push_back({{{line.x0 / width, line.y0 / height}, {line.x1 / width, line.y1 / height}},
                     line.surprise});
  }
  return edges;
}

}  // namespace

assist::Evidence evidence_in(const image::Image& picture,
                             const std::optional<nets::FeatureNet>& eyes) {
  assist::Evidence evidence;
  if (eyes) evidence.things = appraise::where_things_are(*eyes, picture);
  for (const vision::Face& face : vision::find_faces(picture)) {
    evidence.faces.push_back({box_of(face, picture), face.confidence, facing_of(face.facing)});
  }
  for (const vision::TextLine& line : vision::find_text(picture))
    evidence.texts.push_back({box_of(line, picture), line.confidence});
  evidence.edges = edges_in(picture);
  return evidence;
}

FrameView view_of(const fs::path& photo, bool straighten) {
  FrameView view;
  view.size = image::probe(photo).size;
  const bool large = std::max(view.size.width, view.size.height) > looked_at;
  view.picture = image::load(photo, {.long_edge = large ? looked_at : 0, .min_edge = 1});
  if (!straighten) return view;
  view.before = assist::find_level(view.picture, edges_in(view.picture));
  const double tilt = view.before.tilt;
  if (view.before.certainty < assist::certain || std::abs(tilt) < least_turn ||
      std::abs(tilt) > most_turn)
    return view;
  view.turned = tilt;
  view.level = level_part(view.size, tilt);
  const image::Part seen = level_part({view.picture.width, view.picture.height}, tilt);
  view.picture = image::Turn(std::move(view.picture), tilt).part(seen);
  view.size = {view.level->width, view.level->height};
  return view;
}

void write_part(const fs::path& photo, const FrameView& view, const image::Part& part,
                const fs::path& output, const std::string& recipe) {
  const image::SaveOptions options{.recipe = recipe};
  const image::Size size{part.width, part.height};
  const auto rows = [&](int y) { return std::min(rows_at_once, part.height - y); };
  if (!view.level) {
    image::RowReader from(photo, {.min_edge = 1});
    image::RowWriter to(output, size, from.alpha(), from.bits(), options);
    image::Image strip{from.size().width, rows_at_once, {}, {}, from.bits()};
    strip.rgb.resize(3 * strip.pixels());
    if (from.alpha()) strip.alpha.resize(strip.pixels());
    for (int y = 0; y < part.top; y += rows_at_once)
      from.read(strip, 0, std::min(rows_at_once, part.top - y));
    for (int y = 0; y < part.height; y += rows_at_once) {
      from.read(strip, 0, rows(y));
      to.write(image::cut(strip, {part.left, 0, part.width, rows(y)}));
    }
    to.finish();
    return;
  }
  image::Image picture = image::load(photo, {.min_edge = 1});
  image::RowWriter to(output, size, !picture.alpha.empty(), picture.bits, options);
  const image::Turn turn(std::move(picture), view.turned);
  for (int y = 0; y < part.height; y += rows_at_once) {
    to.write(turn.part(
        {view.level->left + part.left, view.level->top + part.top + y, part.width, rows(y)}));
  }
  to.finish();
}

}  // namespace atelier::jobs
