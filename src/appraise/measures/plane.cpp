// SPDX-License-Identifier: Apache-2.0
#include "appraise/measures/plane.hpp"

namespace atelier::appraise {

Plane luma_of(const image::Image& picture) {
  Plane plane{picture.width, picture.height, std::vector<float>(picture.pixels())};
  const float* rgb = picture.rgb.data();
  for (std::size_t i = 0; i < plane.values.size(); ++i, rgb += 3) {
    plane.values[i] = 255 * (0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2]);
  }
  for (std::size_t i = 0; i < picture.alpha.size(); ++i) {
    plane.values[i] = 255 + picture.alpha[i] * (plane.values[i] - 255);
  }
  return plane;
}

}  // namespace atelier::appraise
