// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace atelier::appraise {

/// Spreads a coarse map over what looks alike: a classifier of the picture's own, learned from the
/// map and applied to the same places again.
///
/// A linear map of the layers' features is fitted to the seed by ridge regression, the two classes
/// weighing the same; what it tells of every place, mixed with the seed, is what the next round
/// learns from. As in GrabCut (Rother, Kolmogorov, Blake, SIGGRAPH 2004), a model of thing and
/// ground is fitted anew to what it told itself; differs: the model is linear, on a network's
/// features, and nothing binds neighbours but the size of what features see. With t a map, X
/// features (centred, each layer of mean square length 1) and y what is fitted to,
///   y = clamp((t - 0.2) / 0.4), w = 1 / the share of places in whose half (y above 1/2 or not) it
///   is,
///   b = argmin sum w (X b - y)^2 + 0.05 sum(w) |b|^2, t = 0.3 seed + 0.7 clamp(X b),
/// three times, the last without the seed. The numbers were chosen on half of the photographs of
/// docs/frame.md.
///
/// `layers`: each C x h x w float32. `seed`: h x w, 0..1, float32. Returns h x w, 0..1.
[[nodiscard]] at::Tensor spread(const std::vector<at::Tensor>& layers, const at::Tensor& seed);

}  // namespace atelier::appraise
