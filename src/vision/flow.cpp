// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/flow.hpp"

#include <algorithm>
#include <future>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "atelier/base/error.hpp"
#include "vision/dense_flow.hpp"
#include "vision/grey.hpp"

namespace atelier::vision {
namespace {

constexpr int min_edge = 16;
/// The search needs room for a few patches of 8 px; a smaller picture is continued to this edge.
constexpr int searched_edge = 48;

FlowField to_field(const cv::Mat& flow) {
  FlowField field;
  field.width = flow.cols;
  field.height = flow.rows;
  field.xy.reserve(flow.total() * 2);
  for (int y = 0; y < flow.rows; ++y) {
    const auto* row = flow.ptr<float>(y);
    field.xy.insert(field.xy.end(), row, row + 2 * static_cast<std::ptrdiff_t>(flow.cols));
  }
  return field;
}

cv::Mat bordered(const cv::Mat& picture) {
  const int right = std::max(0, searched_edge - picture.cols),
            below = std::max(0, searched_edge - picture.rows);
  if (right == 0 && below == 0) return picture;
  cv::Mat result;
  cv::copyMakeBorder(picture, result, 0, below, 0, right, cv::BORDER_REPLICATE);
  return result;
}

}  // namespace

FlowField dense_flow(const cv::Mat& here, const cv::Mat& there, const cv::Mat& first_guess) {
  const auto search = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
  search->setFinestScale(0);
  cv::Mat flow;
  if (!first_guess.empty()) flow = bordered(first_guess).clone();
  search->calc(bordered(here), bordered(there), flow);
  return to_field(flow(cv::Rect(0, 0, here.cols, here.rows)));
}

Motion motion_between(const cv::Mat& last, const cv::Mat& now) {
  use_one_thread();
  auto forth = std::async(std::launch::async, [&] { return dense_flow(last, now); });
  Motion motion;
  motion.back = dense_flow(now, last);
  motion.forth = forth.get();
  return motion;
}

Motion motion_between(const image::Image& last, const image::Image& now) {
  if (last.width != now.width || last.height != now.height) {
    fail(ErrorKind::invalid_argument,
         "motion is looked for between pictures of one size; these have {} x {} and {} x {} px.",
         last.width, last.height, now.width, now.height);
  }
  if (std::min(now.width, now.height) < min_edge) {
    fail(ErrorKind::invalid_argument,
         "motion cannot be seen in {} x {} px; each edge needs at least {} px.", now.width,
         now.height, min_edge);
  }
  return motion_between(grey8(last), grey8(now));
}

}  // namespace atelier::vision
