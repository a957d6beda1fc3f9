// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "nets/network.hpp"

namespace atelier::nets {

/// How much of what each position of a layer sees lies within a mask: the mask taken through the
/// network's own windows, each averaging what it sees within the picture. A position's weight is
/// then the share of its receptive field in the mask, what is in the middle counting more, as it
/// does for activations: repeated boxes near the bell that gradients show (Luo, Li, Urtasun, Zemel,
/// "Understanding the effective receptive field in deep convolutional neural networks", NIPS 2016).
/// Linear in the mask, and a mask of 1 stays 1 up to the border.
///
/// Source: Gatys, Ecker, Bethge, Hertzmann, Shechtman, "Controlling Perceptual Factors in Neural
/// Style Transfer", CVPR 2017, section 4, who leave out or let in positions by their receptive
/// fields. Differs: shares in place of all or nothing, so that soft masks stay soft.
///
/// `mask`: 1 x 1 x H x W, floats; the result has the layer's height and width.
[[nodiscard]] at::Tensor seen_through(const std::vector<Window>& windows, const at::Tensor& mask);

}  // namespace atelier::nets
