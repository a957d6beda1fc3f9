// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/mask.hpp"

#include <algorithm>
#include <cstdlib>

#include "atelier/image/file.hpp"

namespace atelier::image {
namespace {

bool fits(Size from, Size to) {
  const Size fitted = fit_long_edge(from, std::max(to.width, to.height));
  return std::abs(fitted.width - to.width) <= 1 && std::abs(fitted.height - to.height) <= 1;
}

}  // namespace

Mask mask_of(const Image& picture) {
  Mask mask{picture.width, picture.height, {}};
  const std::vector<float>& alpha = picture.alpha;
  if (std::any_of(alpha.begin(), alpha.end(), [](float a) { return a < 1; })) {
    mask.values = alpha;
    return mask;
  }
  mask.values.reserve(picture.pixels());
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const float* rgb = picture.rgb.data() + i * 3;
    const bool grey = rgb[0] == rgb[1] && rgb[1] == rgb[2];
    mask.values.push_back(grey ? rgb[0] : 0.2126F * rgb[0] + 0.7152F * rgb[1] + 0.0722F * rgb[2]);
  }
  return mask;
}

Mask resize(const Mask& mask, Size size) {
  if (Size{mask.width, mask.height} == size) return mask;
  Image grey;
  grey.width = mask.width;
  grey.height = mask.height;
  grey.rgb.reserve(mask.pixels() * 3);
  for (const float value : mask.values) grey.rgb.insert(grey.rgb.end(), 3, value);
  const Image resized = resize(grey, size);
  Mask result{size.width, size.height, {}};
  result.values.reserve(result.pixels());
  for (std::size_t i = 0; i < result.pixels(); ++i) result.values.push_back(resized.rgb[i * 3]);
  return result;
}

bool same_shape(Size a, Size b) {
  return fits(a, b) || fits(b, a);
}

}  // namespace atelier::image
