// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/turn.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>
#include <vips/vips8>

#include "atelier/base/error.hpp"
#include "image/resample.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

void check(const Image& picture, const Part& part) {
  const bool within = part.left >= 0 && part.top >= 0 && part.width >= 1 && part.height >= 1 &&
                      part.width <= picture.width - part.left &&
                      part.height <= picture.height - part.top;
  if (within) return;
  fail(ErrorKind::invalid_argument,
       "a part of {} x {} px at {}, {} does not lie in a picture of {} x {} px.", part.width,
       part.height, part.left, part.top, picture.width, picture.height);
}

/// Values as libvips holds them; they stay where they are.
vips::VImage wrapped(const std::vector<float>& values, const Image& picture, int bands) {
  const vips::VImage result(vips_image_new_from_memory(values.data(), values.size() * sizeof(float),
                                                       picture.width, picture.height, bands,
                                                       VIPS_FORMAT_FLOAT));
  if (!result.get_image()) throw vips::VError();
  return result;
}

std::vector<float> turned(const vips::VImage& picture, double degrees, const Part& part) {
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  // Pixel centres have whole coordinates there.
  const double x = (picture.width() - 1) / 2.0, y = (picture.height() - 1) / 2.0;
  const std::vector<double> matrix{c, -s, s, c};
  const std::vector<int> area{part.left, part.top, part.width, part.height};
  const vips::VImage result =
      picture.affine(matrix, vips::VImage::option()
                                 ->set("interpolate", vips::VInterpolate::new_from_name("lbb"))
                                 ->set("oarea", area)
                                 ->set("odx", x - c * x + s * y)
                                 ->set("ody", y - s * x - c * y)
                                 ->set("extend", VIPS_EXTEND_COPY));
  std::size_t bytes = 0;
  void* memory = result.write_to_memory(&bytes);
  std::vector<float> values(bytes / sizeof(float));
  std::memcpy(values.data(), memory, bytes);
  g_free(memory);
  for (float& value : values) value = std::clamp(value, 0.0F, 1.0F);
  return values;
}

}  // namespace

Turn::Turn(Image picture, double degrees) : picture_(std::move(picture)), degrees_(degrees) {
  for (std::size_t i = 0; i < picture_.alpha.size(); ++i) {
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c) picture_.rgb[c] *= picture_.alpha[i];
  }
}

Image Turn::part(const Part& part) const {
  check(picture_, part);
  start_vips();
  Image result = blank({part.width, part.height}, !picture_.alpha.empty(), picture_.bits);
  try {
    result.rgb = turned(wrapped(picture_.rgb, picture_, 3), degrees_, part);
    if (picture_.alpha.empty()) return result;
    result.alpha = turned(wrapped(picture_.alpha, picture_, 1), degrees_, part);
  } catch (const vips::VError&) {
    fail(ErrorKind::internal, "the picture cannot be turned ({}).", take_vips_reason());
  }
  for (std::size_t i = 0; i < result.alpha.size(); ++i) {
    const float cover = result.alpha[i];
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c)
      result.rgb[c] = cover > 0 ? std::min(result.rgb[c] / cover, 1.0F) : 0.0F;
  }
  return result;
}

Image cut(const Image& picture, const Part& part) {
  check(picture, part);
  Image result = blank({part.width, part.height}, !picture.alpha.empty(), picture.bits);
  std::vector<float> row(static_cast<std::size_t>(picture.width) * (picture.alpha.empty() ? 3 : 4));
  const std::ptrdiff_t channels = picture.alpha.empty() ? 3 : 4;
  for (int y = 0; y < part.height; ++y) {
    fetch_row(picture, part.top + y, row.data());
    store_row(result, y, row.data() + channels * part.left);
  }
  return result;
}

}  // namespace atelier::image
