// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/scene.hpp"

#include <cmath>

#include "assist/standing_out.hpp"
#include "atelier/assist/saliency.hpp"

namespace atelier::assist {
namespace {

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
  }
  const auto heavier = [](const Subject& a, const Subject& b) { return a.weight > b.weight; };
  std::stable_sort(scene.subjects.begin(), scene.subjects.end(), heavier);
  std::stable_sort(objects.begin(), objects.end(), heavier);
  scene.subjects.insert(scene.subjects.end(), objects.begin(), objects.end());
  scene.evidence = std::move(evidence);
  return scene;
}

}  // namespace atelier::assist
