// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"
#include "atelier/vision/flow.hpp"

namespace atelier::vision {

enum class Interpolation {
  bilinear,  ///< of the four nearest pixels: never out of their range, blurs
  bicubic,   ///< of sixteen, Keys' kernel with a = -1/2 (Catmull-Rom): keeps strokes sharp
};

/// The picture moved backwards along a flow: result(p) = picture(p + flow(p)). Beyond its border
/// the picture goes on with its outermost pixels. Values are clipped to 0..1; alpha is left out.
///
/// Source: Keys, "Cubic Convolution Interpolation for Digital Image Processing", IEEE Trans.
/// Acoustics, Speech, and Signal Processing 29, 1981. Weights are computed for each pixel anew, not
/// taken from a table, so that slow motion is not lost in its steps.
///
/// Throws Error invalid_argument when the flow is not of the picture's size.
[[nodiscard]] image::Image warped(const image::Image& picture, const FlowField& flow,
                                  Interpolation interpolation = Interpolation::bicubic);

}  // namespace atelier::vision
