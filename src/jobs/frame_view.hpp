// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "atelier/assist/level.hpp"
#include "atelier/assist/scene.hpp"
#include "atelier/image/image.hpp"
#include "atelier/image/turn.hpp"
#include "atelier/nets/feature_net.hpp"

namespace atelier::jobs {

/// A picture as it is looked at for its composition.
struct FrameView {
  image::Image picture;              ///< long edge at most 1024 px
  image::Size size;                  ///< px, of the picture in full, or of its level part
  std::optional<image::Part> level;  ///< that part, in the frame of the picture
  double turned = 0;                 ///< degrees clockwise
  assist::Level before;              ///< of the picture as it was, when it was to be levelled
};

/// What is found in it by the detectors, and by the network where there is one.
[[nodiscard]] assist::Evidence evidence_in(const image::Image& picture,
                                           const std::optional<nets::FeatureNet>& eyes);

/// Loads it, and turns it level where that is asked for and certain. Throws Error as image::load().
[[nodiscard]] FrameView view_of(const std::filesystem::path& photo, bool straighten);

/// Writes a part of what `view` shows at full resolution.
void write_part(const std::filesystem::path& photo, const FrameView& view, const image::Part& part,
                const std::filesystem::path& output, const std::string& recipe);

}  // namespace atelier::jobs
