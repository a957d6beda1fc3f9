// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/gan/painter.hpp"

namespace atelier::nets {
class FeatureNet;
}
namespace atelier::train {
class PictureSet;
}

namespace atelier::gan {

/// A sample and the picture of the collection that is most like it.
struct Neighbours {
  std::uint64_t seed = 0;
  std::size_t picture = 0;  ///< its place in the set
  double angle = 0;         ///< between their features, radians
};

/// How a generator's samples lie beside the collection that it learned from, in what VGG-19 sees at
/// relu5_1, in the mean over all positions; no discriminator looks through it.
struct Judgement {
  std::int64_t samples = 0, pictures = 0;
  double frechet = 0;  ///< Heusel et al., 2017: |m - m'|^2 + tr(C + C' - 2 (C C')^(1/2))
  /// The same distance of what is known: every second picture against the others, and pictures
  /// whose pixels were shuffled against the pictures.
  double halves = 0, shuffled = 0;
  /// Median angle of samples to their nearest picture, in relation to that of pictures to their
  /// nearest other; near 0: samples are copies.
  double nearest = 0;
  /// Mean angle among samples in relation to that among pictures; near 0: all samples are alike.
  double diversity = 0;
  std::vector<Neighbours> neighbours;  ///< of the first samples
};

/// Paints `samples` pictures, seeds 0, 1, ..., without truncation, and compares them with all of
/// the set's middle squares. `vgg`: VGG-19. The first `neighbours` samples are listed with their
/// neighbours. Fewer samples than the 512 features make all three distances larger, the halves'
/// most. Throws Error invalid_argument when there are fewer than 4 samples or pictures; cancelled
/// when stopped.
[[nodiscard]] Judgement judge(const Painter& painter, const nets::FeatureNet& vgg,
                              const train::PictureSet& pictures, std::int64_t samples,
                              int neighbours, const OnProgress& on_progress = {},
                              std::stop_token stop = {});

}  // namespace atelier::gan
