// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/trust.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "atelier/base/error.hpp"
#include "vision/grey.hpp"

namespace atelier::vision {
namespace {

/// Ruder 2016, eq. 5 and 6.
constexpr float disagreement = 0.01F, disagreement_floor = 0.5F;
constexpr float edge = 0.01F, edge_floor = 0.002F;

/// dx = a + b x + c y, and the same for dy.
struct Affine {
  std::array<double, 3> x{}, y{};

  [[nodiscard]] std::array<double, 2> at(double px, double py) const {
    return {x[0] + x[1] * px + x[2] * py, y[0] + y[1] * px + y[2] * py};
  }
};

/// The affine motion that most pixels share: least squares, each pixel weighted by
/// 1 / (1 + r^2) of its residual r in px (Cauchy), ten times over.
Affine shared_motion(const FlowField& flow) {
  Affine motion;
  const int step = std::max(1, std::min(flow.width, flow.height) / 64);
  for (int round = 0; round < 10; ++round) {
    cv::Matx33d normal = cv::Matx33d::zeros();
    cv::Vec3d right_x(0, 0, 0), right_y(0, 0, 0);
    for (int y = step / 2; y < flow.height; y += step) {
      for (int x = step / 2; x < flow.width; x += step) {
        const auto [mx, my] = motion.at(x, y);
        const double dx = flow.dx(x, y), dy = flow.dy(x, y);
        const double weight =
            round == 0 ? 1 : 1 / (1 + (dx - mx) * (dx - mx) + (dy - my) * (dy - my));
        const cv::Vec3d here(1, x, y);
        normal += weight * here * here.t();
        right_x += weight * dx * here;
        right_y += weight * dy * here;
      }
    }
    cv::Vec3d a, b;
    if (!cv::solve(normal, right_x, a, cv::DECOMP_CHOLESKY)) return motion;
    cv::solve(normal, right_y, b, cv::DECOMP_CHOLESKY);
    for (std::size_t i = 0; i < 3; ++i) {
      motion.x[i] = a[static_cast<int>(i)];
      motion.y[i] = b[static_cast<int>(i)];
    }
  }
  return motion;
}

/// Bilinear, within the picture.
std::array<float, 2> between(const FlowField& flow, float px, float py) {
  const int x = std::min(static_cast<int>(px), flow.width - 2),
            y = std::min(static_cast<int>(py), flow.height - 2);
  const float s = px - static_cast<float>(x), t = py - static_cast<float>(y);
  const auto mix = [&](auto value) {
    return (1 - t) * ((1 - s) * value(x, y) + s * value(x + 1, y)) +
           t * ((1 - s) * value(x, y + 1) + s * value(x + 1, y + 1));
  };
  return {mix([&](int i, int j) { return flow.dx(i, j); }),
          mix([&](int i, int j) { return flow.dy(i, j); })};
}

bool seen_before(const Motion& motion, int x, int y) {
  const float bx = motion.back.dx(x, y), by = motion.back.dy(x, y);
  const float px = static_cast<float>(x) + bx, py = static_cast<float>(y) + by;
  const auto right = static_cast<float>(motion.forth.width - 1),
             bottom = static_cast<float>(motion.forth.height - 1);
  if (!(px >= 0 && py >= 0 && px <= right && py <= bottom)) return false;
  const auto [fx, fy] = between(motion.forth, px, py);
  const float apart = (bx + fx) * (bx + fx) + (by + fy) * (by + fy);
  return apart <= disagreement * (bx * bx + by * by + fx * fx + fy * fy) + disagreement_floor;
}

bool edge_of_motion(const FlowField& flow, const Affine& shared, int x, int y) {
  const int left = std::max(x - 1, 0), right = std::min(x + 1, flow.width - 1);
  const int up = std::max(y - 1, 0), down = std::min(y + 1, flow.height - 1);
  const auto own = [](double difference, double shared_slope, int apart) {
    const double slope = difference / apart - shared_slope;
    return slope * slope;
  };
  const double steepness = own(flow.dx(right, y) - flow.dx(left, y), shared.x[1], right - left) +
                           own(flow.dx(x, down) - flow.dx(x, up), shared.x[2], down - up) +
                           own(flow.dy(right, y) - flow.dy(left, y), shared.y[1], right - left) +
                           own(flow.dy(x, down) - flow.dy(x, up), shared.y[2], down - up);
  const float bx = flow.dx(x, y), by = flow.dy(x, y);
  return steepness > edge * (bx * bx + by * by) + edge_floor;
}

}  // namespace

image::Mask trusted(const Motion& motion) {
  const FlowField& back = motion.back;
  if (back.width != motion.forth.width || back.height != motion.forth.height || back.width < 2 ||
      back.height < 2) {
    fail(ErrorKind::invalid_argument,
         "the flows both ways need one size of at least 2 x 2 px; these have {} x {} and {} x {}.",
         back.width, back.height, motion.forth.width, motion.forth.height);
  }
  use_one_thread();
  const Affine shared = shared_motion(back);
  cv::Mat good(back.height, back.width, CV_32F);
  for (int y = 0; y < back.height; ++y) {
    for (int x = 0; x < back.width; ++x) {
      good.at<float>(y, x) =
          seen_before(motion, x, y) && !edge_of_motion(back, shared, x, y) ? 1.0F : 0.0F;
    }
  }
  const cv::Mat around = cv::Mat::ones(3, 3, CV_8U);
  cv::erode(good, good, around, cv::Point(-1, -1), 1, cv::BORDER_REPLICATE);
  cv::blur(good, good, cv::Size(3, 3), cv::Point(-1, -1), cv::BORDER_REPLICATE);
  image::Mask mask;
  mask.width = back.width;
  mask.height = back.height;
  mask.values.assign(good.begin<float>(), good.end<float>());
  return mask;
}

}  // namespace atelier::vision
