// SPDX-License-Identifier: Apache-2.0
#include "film/light.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <cmath>

namespace atelier::film {
namespace {

constexpr double white_nits = 203;  // BT.2408: diffuse white in HDR
constexpr int entries = 1 << 15;

double srgb_to_light(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double light_to_srgb(double v) {
  return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

// SMPTE ST 2084.
constexpr double m1 = 2610.0 / 16384, m2 = 2523.0 / 32, c1 = 3424.0 / 4096, c2 = 2413.0 / 128,
                 c3 = 2392.0 / 128;
double pq_to_nits(double v) {
  const double p = std::pow(v, 1 / m2);
  return 10000 * std::pow(std::max(p - c1, 0.0) / (c2 - c3 * p), 1 / m1);
}
double nits_to_pq(double nits) {
  const double p = std::pow(nits / 10000, m1);
  return std::pow((c1 + c2 * p) / (1 + c3 * p), m2);
}

/// BT.2100, HLG's inverse OETF: light of the scene in 0..1.
double hlg_to_scene(double v) {
  constexpr double a = 0.17883277, b = 0.28466892, c = 0.55991073;
  return v <= 0.5 ? v * v / 3 : (std::exp((v - c) / a) + b) / 12;
}

/// BT.2390-10, 5.4.1, with black at 0; `v` and the result in PQ's code.
double tone_mapped(double v, double peak) {
  const double top = nits_to_pq(peak), limit = nits_to_pq(white_nits) / top;
  const double knee = 1.5 * limit - 0.5, e = std::min(v / top, 1.0);
  if (e < knee) return e * top;
  const double t = (e - knee) / (1 - knee), t2 = t * t, t3 = t2 * t;
  return top * ((2 * t3 - 3 * t2 + 1) * knee + (t3 - 2 * t2 + t) * (1 - knee) +
                (-2 * t3 + 3 * t2) * limit);
}

template <class F>
std::vector<float> table(F&& f) {
  std::vector<float> values(entries + 1);
  for (int i = 0; i <= entries; ++i)
    values[i] = static_cast<float>(f(static_cast<double>(i) / entries));
  return values;
}

float look_up(const std::vector<float>& values, float v) {
  const float place = std::clamp(v, 0.0F, 1.0F) * entries;
  const int i = std::min(static_cast<int>(place), entries - 1);
  return values[i] + (values[i + 1] - values[i]) * (place - static_cast<float>(i));
}

using Square = std::array<double, 9>;

Square product(const Square& a, const Square& b) {
  Square c{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 3; ++k) c[i * 3 + j] += a[i * 3 + k] * b[k * 3 + j];
    }
  }
  return c;
}

Square inverse(const Square& m) {
  const auto minor = [&](int r, int c) {
    const int r1 = (r + 1) % 3, r2 = (r + 2) % 3, k1 = (c + 1) % 3, k2 = (c + 2) % 3;
    return m[r1 * 3 + k1] * m[r2 * 3 + k2] - m[r1 * 3 + k2] * m[r2 * 3 + k1];
  };
  const double determinant = m[0] * minor(0, 0) + m[1] * minor(0, 1) + m[2] * minor(0, 2);
  Square result;
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) result[c * 3 + r] = minor(r, c) / determinant;
  }
  return result;
}

/// Chromaticities x, y of red, green and blue.
struct Primaries {
  double rx, ry, gx, gy, bx, by;
};

/// Light of these primaries to CIE XYZ: columns scaled so that 1, 1, 1 is D65.
Square to_xyz(const Primaries& p) {
  const Square columns{p.rx / p.ry,
                       p.gx / p.gy,
                       p.bx / p.by,
                       1,
                       1,
                       1,
                       (1 - p.rx - p.ry) / p.ry,
                       (1 - p.gx - p.gy) / p.gy,
                       (1 - p.bx - p.by) / p.by};
  constexpr double x = 0.3127, y = 0.3290;
  const std::array<double, 3> white{x / y, 1, (1 - x - y) / y};
  const Square inverted = inverse(columns);
  Square result;
  for (int c = 0; c < 3; ++c) {
    const double scale = inverted[c * 3] * white[0] + inverted[c * 3 + 1] * white[1] +
                         inverted[c * 3 + 2] * white[2];
    for (int r = 0; r < 3; ++r) result[r * 3 + c] = columns[r * 3 + c] * scale;
  }
  return result;
}

constexpr Primaries bt709{0.64, 0.33, 0.30, 0.60, 0.15, 0.06};

std::optional<Primaries> primaries_of(AVColorPrimaries primaries) {
  switch (primaries) {
    case AVCOL_PRI_BT470BG:
      return Primaries{0.64, 0.33, 0.29, 0.60, 0.15, 0.06};
    case AVCOL_PRI_SMPTE170M:
    case AVCOL_PRI_SMPTE240M:
      return Primaries{0.630, 0.340, 0.310, 0.595, 0.155, 0.070};
    case AVCOL_PRI_BT2020:
      return Primaries{0.708, 0.292, 0.170, 0.797, 0.131, 0.046};
    case AVCOL_PRI_SMPTE432:
      return Primaries{0.680, 0.320, 0.265, 0.690, 0.150, 0.060};
    default:
      return std::nullopt;
  }
}

}  // namespace

Light::Light(const Meaning& meaning) : peak_(meaning.peak) {
  hlg_ = meaning.transfer == AVCOL_TRC_ARIB_STD_B67;
  hdr_ = hlg_ || meaning.transfer == AVCOL_TRC_SMPTE2084;
  auto primaries = primaries_of(meaning.primaries);
  if (hdr_ && meaning.primaries == AVCOL_PRI_UNSPECIFIED) {
    primaries = primaries_of(AVCOL_PRI_BT2020);
  }
  if (primaries) {
    const Square matrix = product(inverse(to_xyz(bt709)), to_xyz(*primaries));
    primaries_.emplace();
    std::transform(matrix.begin(), matrix.end(), primaries_->begin(),
                   [](double v) { return static_cast<float>(v); });
  }
  if (is_srgb()) return;
  linear_ = table(!hdr_ ? srgb_to_light : hlg_ ? hlg_to_scene : pq_to_nits);
  encoded_ = table(light_to_srgb);
  if (!hdr_) return;
  mapped_ = table([&](double v) {
    const double nits = pq_to_nits(v);
    return nits > 0 ? pq_to_nits(tone_mapped(v, peak_)) / nits / white_nits : 1 / white_nits;
  });
}

std::string Light::note() const {
  if (!hdr_) return "";
  return fmt::format("the film is HDR ({}); it is mapped to sRGB by the curve of BT.2390.",
                     hlg_ ? "HLG" : "PQ");
}

std::array<float, 3> Light::display_light(const float* rgb) const {
  std::array<float, 3> light{};
  for (int c = 0; c < 3; ++c) light[c] = look_up(linear_, rgb[c]);
  if (!hdr_) return light;
  if (hlg_) {
    const float scene = 0.2627F * light[0] + 0.6780F * light[1] + 0.0593F * light[2];
    const float gain = 1000 * std::pow(std::max(scene, 1e-6F), 0.2F);
    for (float& v : light) v *= gain;
  }
  const float most = *std::max_element(light.begin(), light.end());
  const float kept = look_up(mapped_, static_cast<float>(nits_to_pq(most)));
  for (float& v : light) v *= kept;
  return light;
}

void Light::to_srgb(image::Image& image) const {
  if (is_srgb()) return;
  for (std::size_t i = 0; i < image.pixels(); ++i) {
    float* rgb = image.rgb.data() + i * 3;
    std::array<float, 3> light = display_light(rgb);
    if (primaries_) {
      const Matrix& m = *primaries_;
      const auto [r, g, b] = light;
      for (int c = 0; c < 3; ++c) light[c] = m[c * 3] * r + m[c * 3 + 1] * g + m[c * 3 + 2] * b;
    }
    for (int c = 0; c < 3; ++c) rgb[c] = look_up(encoded_, light[c]);
  }
}

}  // namespace atelier::film
