// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "atelier/image/oklab.hpp"
#include "atelier/style/animation.hpp"

namespace atelier::style {
namespace {

constexpr int seen_edge = 128;  ///< px
/// Of Oklab's lightness, 0..1: a tenth of what can be told side by side.
constexpr double hardly = 0.002;

/// L, a, b of each block of pixels.
std::vector<float> seen(const image::Image& picture) {
  const int step =
      std::max(1, (std::max(picture.width, picture.height) + seen_edge - 1) / seen_edge);
  std::vector<float> result;
  for (int top = 0; top < picture.height; top += step) {
    for (int left = 0; left < picture.width; left += step) {
      const int bottom = std::min(top + step, picture.height),
                right = std::min(left + step, picture.width);
      float rgb[3] = {};
      for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
          for (int c = 0; c < 3; ++c) {
            rgb[c] += picture.rgb[static_cast<std::size_t>((y * picture.width + x) * 3 + c)];
          }
        }
      }
      const auto count = static_cast<float>((bottom - top) * (right - left));
      const image::Oklab colour =
          image::oklab_from_srgb({rgb[0] / count, rgb[1] / count, rgb[2] / count});
      for (const double value : {colour.L, colour.a, colour.b}) {
        result.push_back(static_cast<float>(value));
      }
    }
  }
  return result;
}

double distance(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double d = static_cast<double>(a[i]) - b[i];
    sum += d * d;
  }
  return std::sqrt(3 * sum / static_cast<double>(a.size()));
}

std::vector<std::uint8_t> in_bytes(const image::Image& picture) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(picture.rgb.size());
  for (const float v : picture.rgb) {
    bytes.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(v, 0.0F, 1.0F))));
  }
  return bytes;
}

}  // namespace

void Way::add(const image::Image& picture, bool kept) {
  std::vector<float> now = seen(picture);
  if (pictures_.empty()) {
    size_ = {picture.width, picture.height};
    ends_.push_back(0);
  } else {
    const double step = distance(last_seen_, now);
    if (step < hardly && !kept) return;
    ends_.push_back(ends_.back() + step);
  }
  pictures_.push_back(in_bytes(picture));
  last_seen_ = std::move(now);
}

image::Image Way::at(double share) const {
  const double where = std::clamp(share, 0.0, 1.0) * length();
  const auto after = std::upper_bound(ends_.begin(), ends_.end(), where);
  const auto next = std::min(static_cast<std::size_t>(after - ends_.begin()), pictures_.size() - 1);
  const std::size_t before = next > 0 ? next - 1 : 0;
  const double step = ends_[next] - ends_[before];
  const auto mix = static_cast<float>(step > 0 ? (where - ends_[before]) / step : 1);
  image::Image picture;
  picture.width = size_.width;
  picture.height = size_.height;
  picture.rgb.reserve(pictures_[next].size());
  for (std::size_t i = 0; i < pictures_[next].size(); ++i) {
    const float a = pictures_[before][i], b = pictures_[next][i];
    picture.rgb.push_back((a + mix * (b - a)) / 255);
  }
  return picture;
}

}  // namespace atelier::style
