// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "atelier/fast/painter.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::jobs {

/// The one-pass network that the options name, or that comes with Atelier. `vgg`: VGG-19. `device`:
/// as compute names it. Throws Error missing_weights when it is not there, bad_input when it is
/// damaged.
[[nodiscard]] std::unique_ptr<fast::Painter> load_painter(const style::StylizeOptions& options,
                                                          const nets::FeatureNet& vgg,
                                                          const std::string& device);

/// Whether a network paints at once.
[[nodiscard]] bool in_one_pass(const style::StylizeOptions& options);

/// Whether steps begin with what a network paints at once.
[[nodiscard]] bool begins_in_one_pass(const style::StylizeOptions& options);

/// The picture that they begin with and the time it took, in the paintings' own colours: those are
/// dealt with after it.
[[nodiscard]] style::StylizeResult first_painting(const fast::Painter& painter,
                                                  const style::StylizePictures& pictures,
                                                  const style::StylizeOptions& options);

/// fast::stylize() with the time it took; no iterations, no losses.
[[nodiscard]] style::StylizeResult paint_in_one_pass(const fast::Painter& painter,
                                                     style::StylizePictures pictures,
                                                     const style::StylizeOptions& options,
                                                     std::vector<fast::Look>* looks = nullptr);

}  // namespace atelier::jobs
