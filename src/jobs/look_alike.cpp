// SPDX-License-Identifier: Apache-2.0
#include "jobs/look_alike.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "atelier/image/file.hpp"

namespace atelier::jobs {
LookAlike::Thumbnail LookAlike::thumbnail(const image::Image& picture) {
  const image::Image small = image::resize(picture, {16, 16});
  Thumbnail values{};
  std::copy_n(small.rgb.begin(), values.size(), values.begin());
  const float mean =
      std::accumulate(values.begin(), values.end(), 0.0F) / static_cast<float>(values.size());
  float squares = 0;
  for (float& v : values) {
    v -= mean;
    squares += v * v;
  }
  for (float& v : values) v /= std::sqrt(std::max(squares, 1e-12F));
  return values;
}

void LookAlike::add(const image::Image& picture) {
  known_.push_back(thumbnail(picture));
}

bool LookAlike::knows(const image::Image& picture) const {
  const Thumbnail seen = thumbnail(picture);
  return std::any_of(known_.begin(), known_.end(), [&](const Thumbnail& one) {
    return std::inner_product(one.begin(), one.end(), seen.begin(), 0.0F) >= alike_;
  });
}

}  // namespace atelier::jobs
