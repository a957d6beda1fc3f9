// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "atelier/image/mask.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/stylize.hpp"

namespace atelier::jobs {

/// A picture's file as a mask (image::mask_of) at exactly this size. Throws Error bad_input when it
/// has another shape than `photograph`, or is black throughout; else as image::load.
[[nodiscard]] image::Mask load_mask(const std::filesystem::path& path, image::Size photograph);

struct LoadedMasks {
  style::StylizeMasks masks;
  std::optional<std::size_t> faces;  ///< how many were found, where they were looked for
};

/// Every mask that the options ask for, of a photograph's size. Throws as load_mask() and
/// image::split_by_colours(), and Error missing_capability where a word asks for what is not there.
[[nodiscard]] LoadedMasks load_masks(const style::StylizeOptions& options,
                                     const image::Image& photograph, std::size_t styles);

}  // namespace atelier::jobs
