// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "atelier/fast/painter.hpp"
#include "fast/architecture.hpp"

namespace atelier::fast {

/// Edges of the cells of chance, px; a plane of grain for each.
inline constexpr int grain_cells[] = {1, 4, 16};

/// The photograph as the network is to see it: with planes of chance behind its colours, uniform in
/// -1..1 for each cell, of which strokes can be made where it is flat itself (as of the noise that
/// Ulyanov et al. begin with, "Texture networks", ICML 2016). The same for a place in a picture
/// every time, so that parts and frames agree.
///
/// `photo`: N x 3 x H x W, on any device. `places`: where each begins. Returns N x (3 + grain) x H
/// x W, channels-last, as many planes as the architecture asks for; the photograph itself for none.
[[nodiscard]] at::Tensor with_grain(const Architecture& architecture, const at::Tensor& photo,
                                    const std::vector<Place>& places);

}  // namespace atelier::fast
