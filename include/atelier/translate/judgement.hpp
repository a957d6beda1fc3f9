// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>

#include "atelier/base/progress.hpp"
#include "atelier/translate/translator.hpp"

namespace atelier::nets {
class FeatureNet;
}
namespace atelier::train {
class PictureSet;
}

namespace atelier::translate {

/// Energy distances (Székely, Rizzo, 2013) in what VGG-19 sees at relu5_1, in the mean over all
/// positions, between pictures and those of the goal; no discriminator looks through it.
struct DirectionJudged {
  double untouched = 0;   ///< of the pictures as they are
  double translated = 0;  ///< of the pictures translated
  double halves = 0;      ///< of every second picture of the goal to the others: what is least
};

/// How a translator does on pictures never trained on.
struct Judgement {
  std::int64_t from = 0, to = 0;  ///< pictures of each collection
  DirectionJudged there, back;
  /// There and back again against the picture, in the mean over both collections: peak signal to
  /// noise, dB, and |x - y|^2 / |y|^2 of VGG-19's relu1_2, relu2_2, relu3_1, relu4_1.
  double cycle_psnr = 0, cycle_features = 0;
};

/// Translates what is held out of both sets (one picture in ten, by its digest) both ways. `vgg`:
/// VGG-19. Throws Error invalid_argument when fewer than 4 of either are held out; cancelled when
/// stopped.
[[nodiscard]] Judgement judge(const Translator& translator, const nets::FeatureNet& vgg,
                              const train::PictureSet& from, const train::PictureSet& to,
                              const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::translate
