// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <tuple>

#include "vision/grey.hpp"
#include "vision/letters.hpp"

namespace atelier::vision {
namespace {

constexpr int searched_edge = 1024;       // px
constexpr double least_confidence = 0.5;  // of a line that is told
constexpr double least_evenness = 0.15;
constexpr std::size_t fewest = 3;  // letters in a line
constexpr double steepest = 0.27;  // slope of a line: 15 degrees
constexpr double most_bars = 0.5;  // of a line's letters: windows and railings are bars
constexpr double solid = 0.85;     // share of its box that a bar fills

/// Whether `b`, at the right of `a`, may be the next letter of one line.
bool follows(const Letter& a, const Letter& b) {
  const double high = std::max(a.box.height, b.box.height),
               low = std::min(a.box.height, b.box.height);
  const double gap = b.box.x - (a.box.x + a.box.width);
  const double feet = std::abs(a.box.y + a.box.height - b.box.y - b.box.height);
  const double heads = std::abs(a.box.y - b.box.y);
  return a.light == b.light && low > 0.5 * high && gap < high && gap > -0.25 * high &&
         std::min(feet, heads) < 0.3 * high && std::max(feet, heads) < 0.6 * high &&
         std::max(a.stroke, b.stroke) < 2 * std::min(a.stroke, b.stroke) &&
         std::abs(a.luma - b.luma) < 40;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Deviation over mean.
double unevenness(const std::vector<double>& values) {
  const double middle = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - middle) * (value - middle);
  return middle > 0 ? std::sqrt(sum / static_cast<double>(values.size())) / middle : 0;
}

/// How far the feet of letters are from one straight line, in letters' heights, and its slope.
struct Baseline {
  double slope = 0, error = 0;
};
Baseline baseline(const std::vector<Letter>& letters) {
  double x = 0, y = 0, xx = 0, xy = 0, height = 0;
  const auto count = static_cast<double>(letters.size());
  for (const Letter& letter : letters) {
    const double u = letter.box.x + letter.box.width / 2.0, v = letter.box.y + letter.box.height;
    x += u / count, y += v / count, xx += u * u / count, xy += u * v / count;
    height += letter.box.height / count;
  }
  Baseline line;
  line.slope = (xy - x * y) / std::max(xx - x * x, 1e-9);
  for (const Letter& letter : letters) {
    const double u = letter.box.x + letter.box.width / 2.0, v = letter.box.y + letter.box.height;
    line.error += std::abs(v - y - line.slope * (u - x)) / count / height;
  }
  return line;
}

/// Letters that follow each other, by union of neighbours.
std::vector<std::vector<Letter>> lines_of(std::vector<Letter> letters) {
  std::sort(letters.begin(), letters.end(), [](const Letter& a, const Letter& b) {
    return std::tuple(a.box.x, a.box.y, a.box.width, a.light) <
           std::tuple(b.box.x, b.box.y, b.box.width, b.light);
  });
  std::vector<std::size_t> parent(letters.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  int widest = 0;
  for (const Letter& letter : letters)
    widest = std::max(widest, letter.box.width + letter.box.height);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    for (std::size_t j = i + 1; j < letters.size(); ++j) {
      if (letters[j].box.x > letters[i].box.x + 2 * widest) break;
      if (follows(letters[i], letters[j])) parent[root(j)] = root(i);
    }
  }
  std::vector<std::vector<Letter>> lines(letters.size());
  for (std::size_t i = 0; i < letters.size(); ++i) lines[root(i)].push_back(letters[i]);
  return lines;
}

/// How alike letters are, and how even their ink, their paper and their places: 0..1.
double evenness(const std::vector<Letter>& letters, const Baseline& line) {
  std::vector<double> heights, strokes, lumas, inks, papers, contrasts;
  for (const Letter& letter : letters) {
    heights.push_back(letter.box.height);
    strokes.push_back(letter.stroke);
    lumas.push_back(letter.luma);
    inks.push_back(letter.ink / letter.contrast);
    papers.push_back(letter.paper / letter.contrast);
    contrasts.push_back(letter.contrast);
  }
  const auto falling = [](double value, double end) { return std::max(0.0, 1 - value / end); };
  return falling(mean(papers), 0.7) * falling(mean(inks), 0.8) *
         falling(unevenness(lumas) * mean(lumas) / mean(contrasts), 0.3) *
         falling(unevenness(heights), 0.8) * falling(unevenness(strokes), 0.8) *
         falling(line.error, 0.3);
}

double confidence(const std::vector<Letter>& letters) {
  if (letters.size() < fewest) return 0;
  double bars = 0;
  for (const Letter& letter : letters)
    bars += letter.fill > solid ? 1.0 / static_cast<double>(letters.size()) : 0;
  const Baseline line = baseline(letters);
  if (std::abs(line.slope) > steepest || bars > most_bars) return 0;
  const double even = evenness(letters, line);
  if (even < least_evenness) return 0;
  return 1 - std::exp(-0.8 * (static_cast<double>(letters.size()) - 1) * even);
}

}  // namespace

std::vector<TextLine> find_text(const image::Image& picture) {
  use_one_thread();
  cv::Mat luma = grey8(picture);
  if (std::max(picture.width, picture.height) > searched_edge) {
    const image::Size size = image::fit_long_edge({picture.width, picture.height}, searched_edge);
    cv::Mat smaller;
    cv::resize(luma, smaller, {std::max(size.width, 1), std::max(size.height, 1)}, 0, 0,
               cv::INTER_AREA);
    luma = smaller;
  }
  const double across = static_cast<double>(picture.width) / luma.cols,
               down = static_cast<double>(picture.height) / luma.rows;
  std::vector<TextLine> found;
  for (const std::vector<Letter>& letters : lines_of(find_letters(luma))) {
    const double sure = confidence(letters);
    if (sure < least_confidence) continue;
    cv::Rect box = letters.front().box;
    for (const Letter& letter : letters) box |= letter.box;
    found.push_back({box.x * across, box.y * down, box.width * across, box.height * down,
                     static_cast<int>(letters.size()), sure});
  }
  std::sort(found.begin(), found.end(), [](const TextLine& a, const TextLine& b) {
    return std::tuple(a.y, a.x, a.width, a.height) < std::tuple(b.y, b.x, b.width, b.height);
  });
  return found;
}

}  // namespace atelier::vision
