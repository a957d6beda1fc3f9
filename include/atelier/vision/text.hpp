// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::vision {

/// A line of letters, upright; px.
struct TextLine {
  double x = 0, y = 0, width = 0, height = 0;
  int letters = 0;        ///< parts of one height that it is made of; at least 3
  double confidence = 0;  ///< 0..1, to rank by; made of the evidence below, not a probability
};

/// Finds lines of printed letters, from the top down.
///
/// The picture's luma, at a long edge of at most 1024 px, is compared with its surroundings
/// (Niblack's threshold: mean +- deviation / 2, within squares of 1/20 and 1/8 of the short edge).
/// Connected areas that stand out, light or dark, are letters where their strokes have one width:
/// the mean distance from the skeleton to the border deviates by less than half of itself (after
/// Epshtein, Ofek, Wexler, "Detecting Text in Natural Scenes with Stroke Width Transform", CVPR
/// 2010, with a distance transform in place of rays). Letters of like height, stroke and colour
/// that stand on one line, not further apart than they are high, make a line of text.
///   confidence = 1 - exp(-0.8 (letters - 1) evenness),
/// evenness being the product of six factors that fall from 1 to 0: how much the paper around the
/// letters and the ink within them vary beside their contrast (0 at 0.7 and 0.8), the letters' luma
/// beside it (0.3), their heights and strokes beside their means (0.8), and how far their feet are
/// from one straight line in heights (0.3). Told are lines of a confidence of 0.5 and an evenness
/// of 0.15 and more: print on paper of its own. The figures were chosen on 134 photographs.
///
/// Finds what is printed on an even ground, at least 8 px high at that size and turned by less than
/// 15 degrees; misses handwriting, single letters, joined scripts and print across a busy picture.
/// Rows of like things (windows, railings) are seldom taken for text.
[[nodiscard]] std::vector<TextLine> find_text(const image::Image& picture);

}  // namespace atelier::vision
