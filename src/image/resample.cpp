// SPDX-License-Identifier: Apache-2.0
#include "image/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::image {
namespace {

double lanczos3(double x) {
  if (x == 0) return 1;
  if (std::abs(x) >= 3) return 0;
  const double a = std::numbers::pi * x;
  return 3 * std::sin(a) * std::sin(a / 3) / (a * a);
}

float unit(double value) {
  return static_cast<float>(std::clamp(value, 0.0, 1.0));
}

}  // namespace

std::vector<Taps> lanczos_taps(int from, int to) {
  std::vector<Taps> all(static_cast<std::size_t>(to));
  if (from == to) {
    for (int i = 0; i < to; ++i) all[i] = {i, {1.0}};
    return all;
  }
  const double step = static_cast<double>(from) / to;
  const double stretch = std::max(1.0, step);
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * step - 0.5;
    const int first = std::max(0, static_cast<int>(std::ceil(centre - 3 * stretch)));
    const int last = std::min(from - 1, static_cast<int>(std::floor(centre + 3 * stretch)));
    Taps& taps = all[i];
    taps.first = first;
    for (int j = first; j <= last; ++j) taps.weights.push_back(lanczos3((j - centre) / stretch));
    const double sum = std::accumulate(taps.weights.begin(), taps.weights.end(), 0.0);
    for (double& weight : taps.weights) weight /= sum;
  }
  return all;
}

RowResampler::RowResampler(Size from, Image& to)
    : to_(to),
      channels_(to.alpha.empty() ? 3 : 4),
      across_(lanczos_taps(from.width, to.width)),
      down_(lanczos_taps(from.height, to.height)),
      source_(static_cast<std::size_t>(from.width) * channels_) {
  for (const Taps& taps : down_) ring_rows_ = std::max(ring_rows_, taps.weights.size());
  ring_.resize(ring_rows_ * to.width * channels_);
}

void RowResampler::push(const float* row) {
  const std::size_t values = source_.size();
  if (channels_ == 3) {
    std::copy(row, row + values, source_.begin());
  } else {
    for (std::size_t i = 0; i < values; i += 4) {
      const double alpha = row[i + 3];
      for (int c = 0; c < 3; ++c) source_[i + c] = row[i + c] * alpha;
      source_[i + 3] = alpha;
    }
  }
  const std::size_t stride = static_cast<std::size_t>(to_.width) * channels_;
  double* out = ring_.data() + (pushed_ % ring_rows_) * stride;
  for (int x = 0; x < to_.width; ++x, out += channels_) {
    const Taps& taps = across_[x];
    const double* in = source_.data() + static_cast<std::size_t>(taps.first) * channels_;
    double sum[4] = {0, 0, 0, 0};
    if (channels_ == 3) {
      for (const double weight : taps.weights) {
        for (int c = 0; c < 3; ++c) sum[c] += weight * in[c];
        in += 3;
      }
    } else {
      for (const double weight : taps.weights) {
        for (int c = 0; c < 4; ++c) sum[c] += weight * in[c];
        in += 4;
      }
    }
    std::copy(sum, sum + channels_, out);
  }
  ++pushed_;
  while (emitted_ < to_.height) {
    const Taps& taps = down_[emitted_];
    if (taps.first + static_cast<int>(taps.weights.size()) > pushed_) break;
    emit(emitted_++);
  }
}

void RowResampler::emit(int y) {
  const std::size_t stride = static_cast<std::size_t>(to_.width) * channels_;
  const Taps& taps = down_[y];
  std::vector<double> sum(stride, 0.0);
  for (std::size_t i = 0; i < taps.weights.size(); ++i) {
    const double weight = taps.weights[i];
    const double* in = ring_.data() + ((taps.first + i) % ring_rows_) * stride;
    for (std::size_t j = 0; j < stride; ++j) sum[j] += weight * in[j];
  }
  const std::size_t start = static_cast<std::size_t>(y) * to_.width;
  float* rgb = to_.rgb.data() + start * 3;
  if (channels_ == 3) {
    for (std::size_t i = 0; i < stride; ++i) rgb[i] = unit(sum[i]);
    return;
  }
  float* alpha = to_.alpha.data() + start;
  for (int x = 0; x < to_.width; ++x) {
    const double* in = sum.data() + static_cast<std::size_t>(x) * 4;
    alpha[x] = unit(in[3]);
    for (int c = 0; c < 3; ++c) rgb[x * 3 + c] = alpha[x] > 0 ? unit(in[c] / in[3]) : 0.0F;
  }
}

Image blank(Size size, bool alpha, int bits) {
  Image image;
  image.width = size.width;
  image.height = size.height;
  image.bits = bits;
  image.rgb.resize(image.pixels() * 3);
  if (alpha) image.alpha.resize(image.pixels());
  return image;
}

Image resize(const Image& image, Size size) {
  const Size from{image.width, image.height};
  if (size.width < 1 || size.height < 1 || from.width < 1 || from.height < 1) {
    fail(ErrorKind::invalid_argument,
         "a picture of {} x {} px cannot be resized to {} x {} px; all must be 1 or more.",
         from.width, from.height, size.width, size.height);
  }
  if (size == from) return image;
  Image result = blank(size, !image.alpha.empty(), image.bits);
  RowResampler resampler(from, result);
  std::vector<float> row;
  for (int y = 0; y < from.height; ++y) {
    const std::size_t start = static_cast<std::size_t>(y) * from.width;
    if (image.alpha.empty()) {
      resampler.push(image.rgb.data() + start * 3);
      continue;
    }
    row.resize(static_cast<std::size_t>(from.width) * 4);
    for (int x = 0; x < from.width; ++x) {
      std::copy_n(image.rgb.data() + (start + x) * 3, 3, row.data() + x * std::size_t{4});
      row[x * std::size_t{4} + 3] = image.alpha[start + x];
    }
    resampler.push(row.data());
  }
  return result;
}

}  // namespace atelier::image
