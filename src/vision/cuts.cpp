// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/cuts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "atelier/base/error.hpp"
#include "atelier/vision/trust.hpp"
#include "vision/dense_flow.hpp"
#include "vision/grey.hpp"

namespace atelier::vision {
namespace {

constexpr int looked_at = 160;  ///< px: long edge of what is compared
constexpr double no_drawing = 0.02;
constexpr double little = 0.2, nothing = 0.05, same_colours = 0.85;
constexpr double alike = 0.5;  ///< correlation within a window
constexpr double much = 0.5;   ///< of a frame that stays where it was
constexpr int window = 7, bins = 8;

/// A frame made small: its drawing with brightness and contrast evened out, and its colours.
struct Glance {
  cv::Mat drawing;      ///< 8 bit: 128 + 50 (grey - mean) / deviation
  double contrast = 0;  ///< deviation of its grey
  long number = 0;      ///< of the frame, from 1
  std::array<double, static_cast<std::size_t>(bins* bins* bins)> colours{};
};

Glance glance(const image::Image& frame) {
  const cv::Mat whole(frame.height, frame.width, CV_32FC3,
                      const_cast<float*>(frame.rgb.data()));  // only read
  const double scale =
      std::min(1.0, looked_at / static_cast<double>(std::max(whole.cols, whole.rows)));
  const cv::Size size(std::max(16, static_cast<int>(std::lround(whole.cols * scale))),
                      std::max(16, static_cast<int>(std::lround(whole.rows * scale))));
  cv::Mat small;
  cv::resize(whole, small, size, 0, 0, cv::INTER_AREA);

  Glance seen;
  cv::Mat light;
  cv::transform(small, light, cv::Matx13f(0.2126F, 0.7152F, 0.0722F));
  cv::Scalar mean, deviation;
  cv::meanStdDev(light, mean, deviation);
  seen.contrast = deviation[0];
  const double gain = 50 / std::max(deviation[0], 1e-6);
  light.convertTo(seen.drawing, CV_8U, gain, 128 - gain * mean[0]);

  const double share = 1.0 / static_cast<double>(small.total());
  for (auto pixel = small.begin<cv::Vec3f>(); pixel != small.end<cv::Vec3f>(); ++pixel) {
    int bin = 0;
    for (int c = 0; c < 3; ++c) {
      bin = bin * bins + std::clamp(static_cast<int>((*pixel)[c] * bins), 0, bins - 1);
    }
    seen.colours[static_cast<std::size_t>(bin)] += share;
  }
  return seen;
}

/// `a` as seen along `flow`.
cv::Mat along(const cv::Mat& a, const FlowField& flow) {
  cv::Mat map(flow.height, flow.width, CV_32FC2);
  for (int y = 0; y < map.rows; ++y) {
    for (int x = 0; x < map.cols; ++x) {
      map.at<cv::Vec2f>(y, x) = {static_cast<float>(x) + flow.dx(x, y),
                                 static_cast<float>(y) + flow.dy(x, y)};
    }
  }
  cv::Mat result;
  cv::remap(a, result, map, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return result;
}

/// Correlation of two pictures in the window around each pixel. The added variance lets plain
/// areas, which show nothing but noise, count as alike.
cv::Mat correlation(const cv::Mat& a8, const cv::Mat& b8) {
  constexpr double noise = 16;  // squared steps of 255, where a frame's deviation is 50
  cv::Mat a, b;
  a8.convertTo(a, CV_32F);
  b8.convertTo(b, CV_32F);
  const auto mean = [](const cv::Mat& picture) {
    cv::Mat result;
    cv::blur(picture, result, cv::Size(window, window));
    return result;
  };
  const cv::Mat ma = mean(a), mb = mean(b);
  const cv::Mat va = mean(a.mul(a)) - ma.mul(ma), vb = mean(b.mul(b)) - mb.mul(mb),
                vab = mean(a.mul(b)) - ma.mul(mb);
  cv::Mat root;
  cv::sqrt(cv::max((va + noise).mul(vb + noise), 1e-6), root);
  return (vab + noise) / root;
}

/// Share of pixels that look the same where they were. Much less work than to look where they went.
double unmoved(const cv::Mat& last, const cv::Mat& now) {
  return cv::countNonZero(correlation(last, now) > alike) / static_cast<double>(now.total());
}

double matched(const cv::Mat& last, const cv::Mat& now) {
  const Motion motion = motion_between(last, now);
  const image::Mask trust = trusted(motion);
  const cv::Mat likeness = correlation(along(last, motion.back), now);
  double sum = 0;
  std::size_t i = 0;
  for (auto value = likeness.begin<float>(); value != likeness.end<float>(); ++value, ++i) {
    if (*value > alike) sum += trust.values[i];
  }
  return sum / static_cast<double>(likeness.total());
}

/// `last` moved by the one shift that fits the whole of `now` best.
cv::Mat shifted(const cv::Mat& last, const cv::Mat& now) {
  cv::Mat a, b, fade, result;
  last.convertTo(a, CV_32F, 1, -128);
  now.convertTo(b, CV_32F, 1, -128);
  cv::createHanningWindow(fade, a.size(), CV_32F);
  const cv::Point2d shift = cv::phaseCorrelate(a, b, fade);
  const cv::Matx23d move(1, 0, shift.x, 0, 1, shift.y);
  cv::warpAffine(last, result, move, last.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 128);
  return result;
}

double overlap_of_colours(const Glance& last, const Glance& now) {
  double sum = 0;
  for (std::size_t i = 0; i < last.colours.size(); ++i) {
    sum += std::min(last.colours[i], now.colours[i]);
  }
  return sum;
}

/// Whether much has stayed where it was, in its colours: no cut, wherever the rest is.
bool plainly_goes_on(const Glance& last, const Glance& now) {
  return overlap_of_colours(last, now) >= same_colours &&
         unmoved(last.drawing, now.drawing) >= much;
}

Likeness likeness(const Glance& last, const Glance& now) {
  Likeness result;
  result.colours = overlap_of_colours(last, now);
  result.matched = matched(last.drawing, now.drawing);
  if (result.matched < 2 * little) {
    result.matched =
        std::max(result.matched, matched(shifted(last.drawing, now.drawing), now.drawing));
  }
  return result;
}

}  // namespace

Likeness likeness(const image::Image& a, const image::Image& b) {
  if (a.width != b.width || a.height != b.height) {
    fail(ErrorKind::invalid_argument,
         "frames are compared at one size; these have {} x {} and {} x {} px.", a.width, a.height,
         b.width, b.height);
  }
  use_one_thread();
  return likeness(glance(a), glance(b));
}

struct CutFinder::State {
  Glance last;  ///< that showed something
  image::Size size;
  long frames = 0;
};

CutFinder::CutFinder() : state_(std::make_unique<State>()) {}
CutFinder::~CutFinder() = default;
CutFinder::CutFinder(CutFinder&&) noexcept = default;
CutFinder& CutFinder::operator=(CutFinder&&) noexcept = default;

bool CutFinder::cut_before(const image::Image& frame) {
  const Glance before = state_->last;
  const bool first = before.drawing.empty();
  pass_over(frame);
  const Glance& now = state_->last;
  if (first || now.number == before.number) return false;
  if (plainly_goes_on(before, now)) return false;
  const Likeness found = likeness(before, now);
  return (found.matched < little && found.colours < same_colours) || found.matched < nothing;
}

void CutFinder::pass_over(const image::Image& frame) {
  use_one_thread();
  const image::Size size{frame.width, frame.height};
  if (state_->frames > 0 && size != state_->size) {
    fail(ErrorKind::invalid_argument,
         "the frames of a film need one size; one has {} x {} px after {} x {}.", size.width,
         size.height, state_->size.width, state_->size.height);
  }
  state_->size = size;
  Glance now = glance(frame);
  now.number = ++state_->frames;
  if (now.contrast >= no_drawing) state_->last = std::move(now);
}

}  // namespace atelier::vision
