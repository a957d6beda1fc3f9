// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/colour_difference.hpp"

#include <cmath>
#include <numbers>

#include "atelier/base/error.hpp"

namespace atelier::image {
namespace {

constexpr double degree = std::numbers::pi / 180;

/// The difference's parts, each already divided by its weight, and their interaction.
struct Parts {
  double lightness, chroma, hue, rotation;
};

double degrees(double y, double x) {
  if (x == 0 && y == 0) return 0;
  const double angle = std::atan2(y, x) / degree;
  return angle < 0 ? angle + 360 : angle;
}

double seventh(double chroma) {
  const double power = std::pow(chroma, 7);
  return std::sqrt(power / (power + std::pow(25.0, 7)));
}

/// Numbers in the comments are the paper's equations.
Parts parts(const CieLab& x, const CieLab& y) {
  const double g = 0.5 * (1 - seventh((std::hypot(x.a, x.b) + std::hypot(y.a, y.b)) / 2));  // 4
  const double ax = (1 + g) * x.a, ay = (1 + g) * y.a;                                      // 5
  const double cx = std::hypot(ax, x.b), cy = std::hypot(ay, y.b);                          // 6
  const double hx = degrees(x.b, ax), hy = degrees(y.b, ay);                                // 7
  const bool grey = cx * cy == 0;
  double turn = grey ? 0 : hy - hx;  // 10
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  double hue = hx + hy;  // 14
  if (!grey) {
    if (std::abs(hx - hy) > 180) hue += hue < 360 ? 360 : -360;
    hue /= 2;
  }
  const double lightness = (x.L + y.L) / 2, chroma = (cx + cy) / 2;  // 12, 13
  const double t = 1 - 0.17 * std::cos((hue - 30) * degree) + 0.24 * std::cos(2 * hue * degree) +
                   0.32 * std::cos((3 * hue + 6) * degree) -
                   0.20 * std::cos((4 * hue - 63) * degree);  // 15
  const double away = (lightness - 50) * (lightness - 50);
  const double weigh_l = 1 + 0.015 * away / std::sqrt(20 + away);               // 18
  const double weigh_c = 1 + 0.045 * chroma, weigh_h = 1 + 0.015 * chroma * t;  // 19, 20
  const double blue = (hue - 275) / 25;
  const double rotation =
      -std::sin(60 * std::exp(-blue * blue) * degree) * 2 * seventh(chroma);  // 16, 17, 21
  return {(y.L - x.L) / weigh_l, (cy - cx) / weigh_c,
          2 * std::sqrt(cx * cy) * std::sin(turn / 2 * degree) / weigh_h, rotation};  // 8, 9, 11
}

double whole(const Parts& p, double lightness) {
  return std::sqrt(lightness * lightness + p.chroma * p.chroma + p.hue * p.hue +
                   p.rotation * p.chroma * p.hue);  // 22
}

}  // namespace

CieLab cielab_from_srgb(const Rgb& rgb) {
  const double r = linear_from_srgb(rgb[0]), g = linear_from_srgb(rgb[1]),
               b = linear_from_srgb(rgb[2]);
  const auto root = [](double value) {
    constexpr double knee = 6.0 / 29;
    return value > knee * knee * knee ? std::cbrt(value) : value / (3 * knee * knee) + 4.0 / 29;
  };
  // sRGB's primaries and D65; each row is divided by its sum, which is the white.
  const double x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.9504700);
  const double y = root((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / 1.0000001);
  const double z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.0888300);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double ciede2000(const CieLab& x, const CieLab& y) {
  const Parts p = parts(x, y);
  return whole(p, p.lightness);
}

double ciede2000_chroma(const CieLab& x, const CieLab& y) {
  return whole(parts(x, y), 0);
}

ChromaError chroma_error(const Image& picture, const Image& reference) {
  if (picture.width != reference.width || picture.height != reference.height) {
    fail(ErrorKind::invalid_argument,
         "colours of {} x {} px cannot be compared with those of {} x {} px; resize one of them.",
         picture.width, picture.height, reference.width, reference.height);
  }
  ChromaError error;
  double count = 0;
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const double weight = reference.alpha.empty() ? 1 : reference.alpha[i];
    if (weight == 0) continue;
    const auto rgb = [i](const Image& image) {
      return Rgb{image.rgb[3 * i], image.rgb[3 * i + 1], image.rgb[3 * i + 2]};
    };
    const Rgb seen = rgb(picture), wanted = rgb(reference);
    error.oklab += weight * chroma_difference(oklab_from_srgb(seen), oklab_from_srgb(wanted));
    error.ciede2000 += weight * ciede2000_chroma(cielab_from_srgb(seen), cielab_from_srgb(wanted));
    count += weight;
  }
  if (count > 0) {
    error.oklab /= count;
    error.ciede2000 /= count;
  }
  return error;
}

}  // namespace atelier::image
