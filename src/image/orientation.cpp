// SPDX-License-Identifier: Apache-2.0
#include "image/orientation.hpp"

#include <cstddef>
#include <vector>

namespace atelier::image {
Turn turn_of(int orientation) {
  switch (orientation) {
    case 2:
      return {false, true, false};
    case 3:
      return {false, true, true};
    case 4:
      return {false, false, true};
    case 5:
      return {true, false, false};
    case 6:
      return {true, false, true};
    case 7:
      return {true, true, true};
    case 8:
      return {true, true, false};
    default:
      return {false, false, false};
  }
}

namespace {

std::vector<float> turned(const std::vector<float>& from, int width, int height, int channels,
                          Turn turn) {
  std::vector<float> to(from.size());
  const int out_width = turn.transpose ? height : width;
  const int out_height = turn.transpose ? width : height;
  float* out = to.data();
  for (int y = 0; y < out_height; ++y) {
    for (int x = 0; x < out_width; ++x) {
      int from_x = turn.transpose ? y : x;
      int from_y = turn.transpose ? x : y;
      if (turn.mirror_x) from_x = width - 1 - from_x;
      if (turn.mirror_y) from_y = height - 1 - from_y;
      const float* in =
          from.data() + (static_cast<std::size_t>(from_y) * width + from_x) * channels;
      for (int c = 0; c < channels; ++c) *out++ = in[c];
    }
  }
  return to;
}

}  // namespace

Image oriented(Image image, int orientation) {
  if (orientation < 2 || orientation > 8) return image;
  const Turn turn = turn_of(orientation);
  image.rgb = turned(image.rgb, image.width, image.height, 3, turn);
  if (!image.alpha.empty()) image.alpha = turned(image.alpha, image.width, image.height, 1, turn);
  if (turn.transpose) std::swap(image.width, image.height);
  return image;
}

}  // namespace atelier::image
