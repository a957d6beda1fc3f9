// SPDX-License-Identifier: Apache-2.0
#include "image/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/rows.hpp"

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

RowResampler::RowResampler(Size from, Size to, int channels, Take take)
    : channels_(channels),
      width_(to.width),
      take_(std::move(take)),
      across_(lanczos_taps(from.width, to.width)),
      down_(lanczos_taps(from.height, to.height)),
      source_(static_cast<std::size_t>(from.width) * channels_),
      row_(static_cast<std::size_t>(to.width) * channels_) {
  for (const Taps& taps : down_) ring_rows_ = std::max(ring_rows_, taps.weights.size());
  ring_.resize(ring_rows_ * row_.size());
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
  const std::size_t stride = row_.size();
  double* out = ring_.data() + (pushed_ % ring_rows_) * stride;
  for (int x = 0; x < width_; ++x, out += channels_) {
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
  while (emitted_ < static_cast<int>(down_.size())) {
    const Taps& taps = down_[emitted_];
    if (taps.first + static_cast<int>(taps.weights.size()) > pushed_) break;
    emit(emitted_++);
  }
}

void RowResampler::emit(int y) {
  const std::size_t stride = row_.size();
  const Taps& taps = down_[y];
  std::vector<double> sum(stride, 0.0);
  for (std::size_t i = 0; i < taps.weights.size(); ++i) {
    const double weight = taps.weights[i];
    const double* in = ring_.data() + ((taps.first + i) % ring_rows_) * stride;
    for (std::size_t j = 0; j < stride; ++j) sum[j] += weight * in[j];
  }
  if (channels_ == 3) {
    std::transform(sum.begin(), sum.end(), row_.begin(), unit);
  } else {
    for (std::size_t i = 0; i < stride; i += 4) {
      const float alpha = row_[i + 3] = unit(sum[i + 3]);
      for (std::size_t c = 0; c < 3; ++c)
        row_[i + c] = alpha > 0 ? unit(sum[i + c] / sum[i + 3]) : 0.0F;
    }
  }
  take_(row_.data());
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

void store_row(Image& image, int y, const float* row) {
  const auto width = static_cast<std::size_t>(image.width);
  const std::size_t start = static_cast<std::size_t>(y) * width;
  float* rgb = image.rgb.data() + start * 3;
  if (image.alpha.empty()) {
    std::copy_n(row, width * 3, rgb);
    return;
  }
  for (std::size_t x = 0; x < width; ++x, row += 4, rgb += 3) {
    std::copy_n(row, 3, rgb);
    image.alpha[start + x] = row[3];
  }
}

void fetch_row(const Image& image, int y, float* row) {
  const auto width = static_cast<std::size_t>(image.width);
  const std::size_t start = static_cast<std::size_t>(y) * width;
  const float* rgb = image.rgb.data() + start * 3;
  if (image.alpha.empty()) {
    std::copy_n(rgb, width * 3, row);
    return;
  }
  for (std::size_t x = 0; x < width; ++x, row += 4, rgb += 3) {
    std::copy_n(rgb, 3, row);
    row[3] = image.alpha[start + x];
  }
}

class RowResizer::Impl {
 public:
  Impl(Size from, Size to, bool alpha, int bits) : from_(from), result_(blank(to, alpha, bits)) {
    const int channels = alpha ? 4 : 3;
    row_.resize(static_cast<std::size_t>(from.width) * channels);
    if (from == to) return;
    resampler_.emplace(from, to, channels,
                       [this](const float* row) { store_row(result_, filled_++, row); });
  }

  void add(const Image& rows) {
    if (rows.width != from_.width || rows.alpha.empty() != result_.alpha.empty() ||
        rows.height > from_.height - added_) {
      fail(ErrorKind::internal, "{} rows of {} px do not follow {} of {} x {} px.", rows.height,
           rows.width, added_, from_.width, from_.height);
    }
    for (int y = 0; y < rows.height; ++y) {
      fetch_row(rows, y, row_.data());
      if (resampler_) {
        resampler_->push(row_.data());
      } else {
        store_row(result_, filled_++, row_.data());
      }
    }
    added_ += rows.height;
  }

  [[nodiscard]] Image finish() { return std::move(result_); }

 private:
  Size from_;
  Image result_;
  std::vector<float> row_;
  std::optional<RowResampler> resampler_;
  int added_ = 0, filled_ = 0;
};

RowResizer::RowResizer(Size from, Size to, bool alpha, int bits) {
  if (to.width < 1 || to.height < 1 || from.width < 1 || from.height < 1) {
    fail(ErrorKind::invalid_argument,
         "a picture of {} x {} px cannot be resized to {} x {} px; all must be 1 or more.",
         from.width, from.height, to.width, to.height);
  }
  impl_ = std::make_unique<Impl>(from, to, alpha, bits);
}
RowResizer::~RowResizer() = default;

void RowResizer::add(const Image& rows) {
  impl_->add(rows);
}
Image RowResizer::finish() {
  return impl_->finish();
}

Image resize(const Image& image, Size size) {
  if (size == Size{image.width, image.height}) return image;
  RowResizer resizer({image.width, image.height}, size, !image.alpha.empty(), image.bits);
  resizer.add(image);
  return resizer.finish();
}

}  // namespace atelier::image
