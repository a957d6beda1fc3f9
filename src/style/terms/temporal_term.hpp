// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "style/terms/term.hpp"

namespace atelier::style {

/// How far a frame's painting x is from the last one's, moved along with what is shown:
///   sum c (x - w)^2 / (3 H W),
/// w the last painting as the motion brings it here, c in 0..1 how far each pixel may be trusted to
/// be the same thing. A mean over all values, so that a weight means the same at every size.
///
/// Source: Ruder, Dosovitskiy, Brox, "Artistic style transfer for videos", GCPR 2016, eq. 7, with c
/// soft at its borders. Their long-term term (eq. 8) is left out: the painting that w is taken from
/// was itself held to the one before it.
///
/// `moved`: 1 x 3 x H x W; `trust`: 1 x 1 x H x W, of the same type and device.
[[nodiscard]] std::unique_ptr<PictureTerm> temporal_term(const at::Tensor& moved,
                                                         const at::Tensor& trust);

}  // namespace atelier::style
