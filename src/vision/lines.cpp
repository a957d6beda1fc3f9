// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/lines.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <tuple>

#include "vision/grey.hpp"

namespace atelier::vision {
namespace {

constexpr int searched_edge = 1024, least_edge = 8;  // px

double length(const LineSegment& line) {
  return std::hypot(line.x1 - line.x0, line.y1 - line.y0);
}

}  // namespace

std::vector<LineSegment> find_lines(const image::Image& picture) {
  if (std::min(picture.width, picture.height) < least_edge) return {};
  use_one_thread();
  cv::Mat luma = grey8(picture);
  if (std::max(picture.width, picture.height) > searched_edge) {
    const image::Size size = image::fit_long_edge({picture.width, picture.height}, searched_edge);
    if (std::min(size.width, size.height) < least_edge) return {};
    cv::Mat smaller;
    cv::resize(luma, smaller, {size.width, size.height}, 0, 0, cv::INTER_AREA);
    luma = smaller;
  }
  std::vector<cv::Vec4f> places;
  std::vector<double> widths, precisions, surprises;
  cv::createLineSegmentDetector(cv::LSD_REFINE_ADV)
      ->detect(luma, places, widths, precisions, surprises);
  const double across = static_cast<double>(picture.width) / luma.cols,
               down = static_cast<double>(picture.height) / luma.rows;
  std::vector<LineSegment> lines;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const cv::Vec4f& at = places[i];
    lines.push_back({(at[0] + 0.5) * across, (at[1] + 0.5) * down, (at[2] + 0.5) * across,
                     (at[3] + 0.5) * down, std::max(surprises[i], 0.0)});
  }
  std::sort(lines.begin(), lines.end(), [](const LineSegment& a, const LineSegment& b) {
    return std::tuple(-length(a), a.y0, a.x0, a.y1) < std::tuple(-length(b), b.y0, b.x0, b.y1);
  });
  return lines;
}

}  // namespace atelier::vision
