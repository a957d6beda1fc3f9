// SPDX-License-Identifier: Apache-2.0
#include "vision/letters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace atelier::vision {
namespace {

constexpr int least_height = 8;                             // px
constexpr double most_height = 0.4;                         // of the short edge
constexpr std::array<double, 2> surroundings{0.05, 0.125};  // squares, of the short edge
constexpr double least_contrast = 25;                       // of 255, to the surroundings
constexpr double most_uneven = 0.5;                         // deviation of strokes over their mean

/// Pixels that are lighter (or darker) than their surroundings by half a deviation and more.
cv::Mat standing_out(const cv::Mat& luma, bool light, int square) {
  cv::Mat value, mean, squares;
  luma.convertTo(value, CV_32F);
  cv::boxFilter(value, mean, CV_32F, {square, square}, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::sqrBoxFilter(value, squares, CV_32F, {square, square}, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::Mat variance = squares - mean.mul(mean), deviation;
  cv::sqrt(cv::max(variance, 0), deviation);
  const cv::Mat away = light ? cv::Mat(value - mean) : cv::Mat(mean - value);
  return (away > 0.5 * deviation) & (away > least_contrast / 2);
}

/// Width of the strokes of an area and how much it varies: twice the distance to the border along
/// the ridge of that distance.
struct Stroke {
  double width = 0, unevenness = 0;
};
Stroke stroke_of(const cv::Mat& area) {
  cv::Mat padded, distance, ridge;
  cv::copyMakeBorder(area, padded, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
  cv::distanceTransform(padded, distance, cv::DIST_L2, cv::DIST_MASK_PRECISE);
  cv::dilate(distance, ridge, cv::Mat());
  double sum = 0, squares = 0, count = 0;
  for (int y = 0; y < distance.rows; ++y) {
    for (int x = 0; x < distance.cols; ++x) {
      const double d = distance.at<float>(y, x);
      if (d <= 0 || d < ridge.at<float>(y, x)) continue;
      sum += d, squares += d * d, count += 1;
    }
  }
  if (count == 0) return {};
  const double mean = sum / count;
  return {2 * mean - 1, std::sqrt(std::max(squares / count - mean * mean, 0.0)) / mean};
}

/// Of a picture where a mask is not zero.
struct Tone {
  double mean = 0, deviation = 0;
};
Tone tone_where(const cv::Mat& values, const cv::Mat& mask) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(values, mean, deviation, mask);
  return {mean[0], deviation[0]};
}

std::optional<Letter> letter_of(const cv::Mat& luma, const cv::Mat& labels, int label,
                                const cv::Rect& box, int area, bool light) {
  const cv::Mat own = labels(box) == label;
  const Stroke stroke = stroke_of(own);
  if (stroke.unevenness > most_uneven || stroke.width > 0.6 * box.height) return {};
  const cv::Rect around = cv::Rect(box.x - 2, box.y - 2, box.width + 4, box.height + 4) &
                          cv::Rect(0, 0, luma.cols, luma.rows);
  const cv::Mat inside = labels(around) == label;
  cv::Mat grown;
  cv::dilate(inside, grown, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  const Tone ink = tone_where(luma(around), inside),
             paper = tone_where(luma(around), grown & ~inside);
  const double contrast = light ? ink.mean - paper.mean : paper.mean - ink.mean;
  if (contrast < least_contrast) return {};
  return Letter{
      box,           light,           ink.mean,     contrast,
      ink.deviation, paper.deviation, stroke.width, static_cast<double>(area) / box.area()};
}

bool same_place(const cv::Rect& a, const cv::Rect& b) {
  return (a & b).area() > 0.6 * std::min(a.area(), b.area());
}

}  // namespace

std::vector<Letter> find_letters(const cv::Mat& luma) {
  const int edge = std::min(luma.cols, luma.rows);
  std::vector<Letter> letters;
  for (const double part : surroundings) {
    const int square = std::max(static_cast<int>(part * edge), least_height) | 1;
    for (const bool light : {false, true}) {
      cv::Mat labels, figures, centres;
      const int count = cv::connectedComponentsWithStats(standing_out(luma, light, square), labels,
                                                         figures, centres, 8, CV_32S, cv::CCL_WU);
      const std::size_t before = letters.size();
      for (int i = 1; i < count; ++i) {
        const int* figure = figures.ptr<int>(i);
        const cv::Rect box(figure[cv::CC_STAT_LEFT], figure[cv::CC_STAT_TOP],
                           figure[cv::CC_STAT_WIDTH], figure[cv::CC_STAT_HEIGHT]);
        const int area = figure[cv::CC_STAT_AREA];
        if (box.height < least_height || box.height > most_height * edge ||
            box.width > 3 * box.height || 12 * box.width < box.height || 8 * area < box.area())
          continue;
        const bool known = std::any_of(
            letters.begin(), letters.begin() + static_cast<std::ptrdiff_t>(before),
            [&](const Letter& one) { return one.light == light && same_place(one.box, box); });
        if (known) continue;
        if (const auto letter = letter_of(luma, labels, i, box, area, light))
          letters.push_back(*letter);
      }
    }
  }
  return letters;
}

}  // namespace atelier::vision
