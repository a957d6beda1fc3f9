// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "atelier/image/image.hpp"

namespace atelier::appraise {

/// What can be measured of a picture without having learned anything. Luma is JPEG's, 0.299 R +
/// 0.587 G + 0.114 B of encoded values; levels are those of 8 bits, 0..255, in all bit depths.
///
/// `colourfulness`, `contrast` and `complexity` are taken of the picture at `working_edge`, so that
/// scans of one work in several sizes agree; the others tell of the file itself and are taken of
/// every pixel. Transparent parts count as the white paper that JPEG would lay them on.
struct Aesthetics {
  /// Hasler, Suesstrunk, "Measuring colourfulness in natural images", Human Vision and Electronic
  /// Imaging 2003, M(3): with rg = R - G and yb = (R + G) / 2 - B in levels, the length of their
  /// deviations plus 0.3 times the length of their means. 0 for grey, about 110 for the most
  /// colourful.
  double colourfulness = 0;
  /// Standard deviation of CIE L*, 0..50 (half black, half white).
  double contrast = 0;
  /// 1 - blur of Crete, Dolmiere, Ladret, Nicolas, "The blur effect", Human Vision and Electronic
  /// Imaging 2007: the share of the differences between neighbours that a mean over 9 px takes
  /// away, in the direction that loses less; 0 where there are no differences.
  double sharpness = 0;
  /// Deviation of noise, levels: the median magnitude under Immerkaer's mask ("Fast noise variance
  /// estimation", Computer Vision and Image Understanding 64, 1996), over 6 * 0.6745 (Donoho,
  /// Johnstone 1994). Canvas and fine hatching count as noise; clipped blacks and whites hide it.
  double noise = 0;
  /// How much greater differences between neighbours are at the borders of JPEG's blocks of 8 px
  /// than beside them, levels; the grid is looked for at all 8 x 8 places. Near 0 without
  /// compression. After Wang, Sheikh, Bovik, "No-reference perceptual quality assessment of JPEG
  /// compressed images", ICIP 2002, of whose features it takes the first; ours is the comparison
  /// with the neighbours, so that a sharp picture does not count as a damaged one.
  double blocking = 0;
  /// Bits a pixel: the entropy of the 64 coefficients of the discrete cosine transform over
  /// blocks of 8 x 8 luma, quantised by JPEG's table (ITU-T T.81, table K.1), each by itself. What
  /// JPEG makes of a picture goes with how complex people find it (Machado et al., "Computerized
  /// measures of visual complexity", Acta Psychologica 160, 2015).
  double complexity = 0;
};

inline constexpr int working_edge = 512;  ///< px, long edge; smaller pictures keep their size

/// `picture`: each edge >= 16 px. Throws Error invalid_argument for a smaller one.
[[nodiscard]] Aesthetics measure(const image::Image& picture);

/// What viewers called such a colourfulness in Hasler's and Suesstrunk's experiment: "not
/// colourful" (0), "slightly" (15), "moderately" (33), "averagely" (45), "quite" (59),
/// "highly" (82), "extremely colourful" (109). The bounds lie midway between these values.
[[nodiscard]] std::string_view colourfulness_word(double colourfulness);

}  // namespace atelier::appraise
