// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "atelier/assist/geometry.hpp"
#include "atelier/image/image.hpp"

namespace atelier::assist {

/// sRGB, 0..1.
using Ink = std::array<float, 3>;

/// How a line is drawn, px.
struct Stroke {
  Ink ink{};
  double width = 2;
  double dash = 0;   ///< length of a dash and of the gap after it; 0: whole
  bool halo = true;  ///< a dark rim, so that it is seen on light as on dark
};

/// Draws onto a picture, pixels covered in part taking that part of the ink. Places are px from the
/// upper left corner of the picture; what lies outside is left out.
class Pen {
 public:
  explicit Pen(image::Image& picture) : picture_(picture) {}

  void line(Point from, Point to, const Stroke& stroke);
  /// With a head at its end.
  void arrow(Point from, Point to, const Stroke& stroke);
  /// The border of a box, drawn inside of it.
  void frame(const Box& box, const Stroke& stroke);
  void circle(Point centre, double radius, const Stroke& stroke);
  void disc(Point centre, double radius, const Ink& ink);

 private:
  template <class Inside>
  void fill(const Box& within, const Inside& inside, const Ink& ink, double strength);
  void plain_line(Point from, Point to, double width, double dash, const Ink& ink, double strength);

  image::Image& picture_;
};

}  // namespace atelier::assist
