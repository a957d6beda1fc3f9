// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/scene.hpp"

#include <algorithm>
#include <cmath>

#include "assist/areas.hpp"
#include "assist/extent.hpp"
#include "assist/standing_out.hpp"
#include "atelier/assist/saliency.hpp"

namespace atelier::assist {
namespace {

constexpr double traces = 0.1, likely = 0.25;  // thresholds of the map of things
constexpr double beyond = 0.005;               // share of its sum, to each side of a box
constexpr double thing = 0.5;                  // of the map, from which on an area is an object
constexpr double least_area = 0.01, least_part = 0.1;  // of the picture; of the largest object
constexpr std::size_t most_objects = 3;

/// Faces weigh as what stands out most: soft ellipses, as wide and high as their heads.
void weigh_faces(image::Mask& weight, const std::vector<Face>& faces) {
  for (const Face& face : faces) {
    const Box head = head_of(face.box);
    const Point centre = head.centre();
    for (int y = 0; y < weight.height; ++y) {
      for (int x = 0; x < weight.width; ++x) {
        const double u = 2 * ((x + 0.5) / weight.width - centre.x) / head.width(),
                     v = 2 * ((y + 0.5) / weight.height - centre.y) / head.height();
        const double inside = std::clamp((1.2 - std::hypot(u, v)) / 0.4, 0.0, 1.0);
        float& value = weight.values[static_cast<std::size_t>(y) * weight.width + x];
        value = std::max(value, static_cast<float>(inside));
      }
    }
  }
}

/// What lies within a box, of all weight, and where.
Subject weighed(const Box& box, const image::Mask& weight, double all) {
  Subject subject{.box = box, .centre = box.centre()};
  double sum = 0, x_sum = 0, y_sum = 0;
  for (int y = 0; y < weight.height; ++y) {
    const double v = (y + 0.5) / weight.height;
    if (v < box.top || v > box.bottom) continue;
    for (int x = 0; x < weight.width; ++x) {
      const double u = (x + 0.5) / weight.width;
      if (u < box.left || u > box.right) continue;
      const double value = weight.values[static_cast<std::size_t>(y) * weight.width + x];
      sum += value, x_sum += value * u, y_sum += value * v;
    }
  }
  if (sum > 0) {
    subject.weight = sum / all;
    subject.centre = {x_sum / sum, y_sum / sum};
  }
  return subject;
}

/// Objects among the connected areas of the map of things.
std::vector<Subject> objects_in(const image::Mask& things, const image::Mask& weight, double all) {
  std::vector<int> above(things.values.size());
  for (std::size_t i = 0; i < above.size(); ++i) above[i] = things.values[i] > thing ? 1 : 0;
  const Labelled labelled = connected(above, things.width, things.height);
  struct Area {
    Box box{1, 1, 0, 0};
    double cells = 0, sum = 0;
  };
  std::vector<Area> areas(static_cast<std::size_t>(labelled.count));
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (above[i] == 0) continue;
    Area& area = areas[static_cast<std::size_t>(labelled.area[i])];
    const auto x = static_cast<double>(i % static_cast<std::size_t>(things.width)),
               y = static_cast<double>(i / static_cast<std::size_t>(things.width));
    area.box = around(area.box, {x / things.width, y / things.height, (x + 1) / things.width,
                                 (y + 1) / things.height});
    area.cells += 1;
    area.sum += things.values[i];
  }
  std::stable_sort(areas.begin(), areas.end(),
                   [](const Area& a, const Area& b) { return a.sum > b.sum; });
  std::vector<Subject> objects;
  for (const Area& area : areas) {
    const double least =
        std::max(least_area * static_cast<double>(above.size()), least_part * areas.front().cells);
    if (objects.size() == most_objects || area.cells < least) break;
    objects.push_back(weighed(area.box, weight, all));
    objects.back().clearness = area.sum / area.cells;
  }
  return objects;
}

double sum_of(const image::Mask& mask) {
  double sum = 0;
  for (const float value : mask.values) sum += value;
  return sum;
}

}  // namespace

Box head_of(const Box& face) {
  return common({face.left - 0.25 * face.width(), face.top - 0.5 * face.height(),
                 face.right + 0.25 * face.width(), face.bottom + 0.25 * face.height()},
                {});
}

Scene see(const image::Image& picture, Evidence evidence) {
  Scene scene;
  scene.size = {picture.width, picture.height};
  scene.weight = saliency(picture);
  weigh_faces(scene.weight, evidence.faces);
  const double all = sum_of(scene.weight);
  for (const Face& face : evidence.faces) {
    Subject head = weighed(head_of(face.box), scene.weight, all);
    head.head = true;
    head.clearness = face.certainty;
    head.facing = face.facing;
    scene.subjects.push_back(head);
  }
  const Objects found = find_objects(picture);
  scene.objects_certainty = found.certainty;
  std::vector<Subject> objects;
  if (found.certainty >= objects_told) {
    for (const StandingOut& one : found.found) {
      objects.push_back(weighed(one.box, scene.weight, all));
      objects.back().clearness = one.clearness;
    }
  } else if (evidence.things) {
    objects = objects_in(*evidence.things, scene.weight, all);
  }
  if (evidence.things) {
    const Box nearly = extent(*evidence.things, likely, beyond);
    scene.things = {around(nearly, extent(*evidence.things, traces, beyond)), nearly};
  }
  const auto heavier = [](const Subject& a, const Subject& b) { return a.weight > b.weight; };
  std::stable_sort(scene.subjects.begin(), scene.subjects.end(), heavier);
  std::stable_sort(objects.begin(), objects.end(), heavier);
  scene.subjects.insert(scene.subjects.end(), objects.begin(), objects.end());
  scene.evidence = std::move(evidence);
  return scene;
}

}  // namespace atelier::assist
