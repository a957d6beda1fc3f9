// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace atelier::tensor {

/// A linear map along one axis of a picture, few weights an output: the rows of a sparse matrix.
struct Axis {
  /// What one output position takes of the inputs from `first` on.
  struct Taps {
    int first = 0;
    std::vector<float> weights;
  };
  int inputs = 0;
  std::vector<Taps> outputs;
};

/// Straight lines between pixel centres, as torch's bilinear interpolation.
[[nodiscard]] Axis bilinear_axis(int from, int to);

/// Keys' cubic with a = -0.5 about pixel centres, stretched by from / to when the picture gets
/// smaller; taps beyond a border are left out and the rest normalised. As Pillow's. Source: Keys,
/// "Cubic convolution interpolation for digital image processing", IEEE TASSP 29 (1981).
[[nodiscard]] Axis bicubic_axis(int from, int to);

/// The transposed matrix, which brings gradients back.
[[nodiscard]] Axis transposed(const Axis& axis);

/// to = kept * to + down x across^T, for every channel; 1 x C x H x W, on any device. The same
/// bytes for every number of threads.
void interpolate(const at::Tensor& x, const Axis& down, const Axis& across, const at::Tensor& to,
                 double kept = 0);

}  // namespace atelier::tensor
