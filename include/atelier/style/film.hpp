// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::style {

struct StylizeOptions;
struct StylizePictures;

/// The last frame's painting as the next frame begins from it; both of the frame's size.
struct LastPainting {
  image::Image moved;  ///< moved along with what the frames show
  image::Mask trust;   ///< 0..1: how far each pixel of it still shows the same thing
};

/// What paintings with the same network, styles and options share: the network made ready for its
/// pictures' size and all that is known of the styles. A film's frames hand it on, so that it is
/// computed once.
class StyleMemory {
 public:
  StyleMemory();
  ~StyleMemory();
  StyleMemory(StyleMemory&&) noexcept;
  StyleMemory& operator=(StyleMemory&&) noexcept;

  struct Held;
  [[nodiscard]] Held& held() noexcept { return *held_; }

 private:
  std::unique_ptr<Held> held_;
};

/// Settles once what every frame of a film would find anew: the fine texture that styles take over,
/// and with --color match their palettes, fitted to the content of `pictures`, the film's first
/// frame. Pictures and options are those of all frames then. Throws as stylize().
void settle_for_frames(const nets::FeatureNet& net, StylizePictures& pictures,
                       StylizeOptions& options, std::stop_token stop = {});

}  // namespace atelier::style
