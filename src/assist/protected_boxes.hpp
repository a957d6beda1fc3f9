// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/assist/scene.hpp"

namespace atelier::assist {

/// How much of what is known a crop has to respect.
enum class Demand {
  surely,  ///< all, and things as far as there are traces of them
  nearly,  ///< all, and things as far as they are likely
  told,    ///< heads, text, and objects that saliency tells
};

/// What a crop must not cut.
struct Protected {
  enum class Kind { head, object, text, things };

  Box box;   ///< with a margin, but for where the picture's own border touches
  Box wide;  ///< with a greater one, that a crop keeps away from when it leaves this out
  Kind kind = Kind::object;
  std::string name;  ///< "a head", "a line of text", "the main subject"
  int rank = 0;      ///< 0: the main subject, and things; 1: should be kept; 2: may be left out
};

[[nodiscard]] std::vector<Protected> protected_boxes(const Scene& scene, Demand demand);

/// Whether `part` cuts none of them and holds all of a rank not above `kept`.
[[nodiscard]] bool cuts_nothing(const Box& part, const std::vector<Protected>& boxes, int kept);

/// Whether one box lies within another, and whether they are apart, but for rounding.
[[nodiscard]] bool holds(const Box& whole, const Box& box);
[[nodiscard]] bool apart(const Box& a, const Box& b);

}  // namespace atelier::assist
