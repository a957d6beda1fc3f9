// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/copies.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>
#include <set>
#include <utility>
#include <vector>

#include "vision/grey.hpp"

namespace atelier::vision {
namespace {

constexpr int searched_edge = 512, least_edge = 16;  // px
constexpr int most_points = 800;
constexpr double least_contrast = 0.02;
constexpr float clearly_nearer = 0.8F;
constexpr double tolerance = 4;  // px, and within which two points are one
constexpr int least_agreeing = 12;
constexpr double least_span = 0.05, greatest_scale = 20;

using Places = std::vector<cv::Point2f>;

cv::Rect2f bounds(const Places& places) {
  cv::Point2f low = places.front(), high = low;
  for (const cv::Point2f& at : places) {
    low = {std::min(low.x, at.x), std::min(low.y, at.y)};
    high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  return {low, high};
}

/// Points at the same place, or nearly, are found for one detail and count as one.
std::size_t different(const Places& places) {
  std::set<std::pair<int, int>> cells;
  for (const cv::Point2f& at : places)
    cells.insert({cvRound(at.x / tolerance), cvRound(at.y / tolerance)});
  return cells.size();
}

}  // namespace

struct CopyFinder::Points {
  cv::Size size;     ///< px at which it was looked at
  double scale = 1;  ///< of that to the picture
  Places places;
  cv::Mat around;  ///< a row for each point

  Points(const image::Image& picture, bool mirrored) {
    if (std::min(picture.width, picture.height) < least_edge) return;
    use_one_thread();
    cv::Mat luma = grey8(picture), seen;
    scale = static_cast<double>(searched_edge) / std::max(luma.cols, luma.rows);
    size = {std::max(1, cvRound(luma.cols * scale)), std::max(1, cvRound(luma.rows * scale))};
    cv::resize(luma, seen, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (mirrored) cv::flip(seen, seen, 1);
    std::vector<cv::KeyPoint> points;
    cv::SIFT::create(most_points, 3, least_contrast)
        ->detectAndCompute(seen, cv::noArray(), points, around);
    cv::KeyPoint::convert(points, places);
    for (int row = 0; row < around.rows; ++row) {
      cv::Mat values = around.row(row);
      values /= std::max(cv::norm(values, cv::NORM_L1), 1e-9);
      cv::sqrt(values, values);
    }
  }

  /// Pairs of places, here and there, that look the same and like no second.
  [[nodiscard]] std::pair<Places, Places> pairs(const Points& other) const {
    std::pair<Places, Places> same;
    if (places.size() < 2 || other.places.size() < 2) return same;
    std::vector<std::vector<cv::DMatch>> nearest;
    cv::BFMatcher(cv::NORM_L2).knnMatch(around, other.around, nearest, 2);
    for (const auto& match : nearest) {
      if (match.size() < 2 || match[0].distance >= clearly_nearer * match[1].distance) continue;
      same.first.push_back(places[static_cast<std::size_t>(match[0].queryIdx)]);
      same.second.push_back(other.places[static_cast<std::size_t>(match[0].trainIdx)]);
    }
    return same;
  }

  /// Where the points of this picture lie in the work, if they lie there as they do here.
  [[nodiscard]] std::optional<Copy> in(const Points& work, const image::Image& picture) const {
    const auto [here, there] = pairs(work);
    if (std::ssize(here) < least_agreeing) return std::nullopt;
    cv::Mat agrees;
    const cv::Mat map = cv::estimateAffinePartial2D(here, there, agrees, cv::RANSAC, tolerance);
    if (map.empty()) return std::nullopt;
    Places agreeing;
    for (std::size_t i = 0; i < here.size(); ++i)
      if (agrees.at<unsigned char>(static_cast<int>(i)) != 0) agreeing.push_back(there[i]);
    const double turned = std::hypot(map.at<double>(0, 0), map.at<double>(1, 0));
    if (turned < 1 / greatest_scale || turned > greatest_scale) return std::nullopt;
    const auto count = static_cast<int>(different(agreeing));
    if (count < least_agreeing) return std::nullopt;
    const Places edge{{0, 0},
                      {static_cast<float>(size.width), 0},
                      {0, static_cast<float>(size.height)},
                      {static_cast<float>(size.width), static_cast<float>(size.height)}};
    Places corners;
    cv::transform(edge, corners, map);
    const cv::Rect2f part = bounds(corners) & cv::Rect2f({0, 0}, cv::Size2f(work.size));
    if (bounds(agreeing).area() < least_span * part.area()) return std::nullopt;
    const auto px = [&](float length) {
      return static_cast<int>(std::lround(length / work.scale));
    };
    const int x = std::clamp(px(part.x), 0, picture.width - 1),
              y = std::clamp(px(part.y), 0, picture.height - 1);
    return Copy{{x, y, std::clamp(px(part.width), 1, picture.width - x),
                 std::clamp(px(part.height), 1, picture.height - y)},
                false,
                count};
  }
};

CopyFinder::CopyFinder(const image::Image& picture)
    : picture_(std::make_unique<const Points>(picture, false)),
      mirrored_(std::make_unique<const Points>(picture, true)) {}

CopyFinder::~CopyFinder() = default;

std::optional<Copy> CopyFinder::in(const image::Image& work) const {
  const Points points(work, false);
  std::optional<Copy> found = picture_->in(points, work);
  std::optional<Copy> other = mirrored_->in(points, work);
  if (other && (!found || other->agreeing > found->agreeing)) {
    other->mirrored = true;
    return other;
  }
  return found;
}

}  // namespace atelier::vision
