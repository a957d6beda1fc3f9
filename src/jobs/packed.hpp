// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/train/picture_set.hpp"

namespace atelier::jobs {

/// `pictures`, when it is a packed set; else the set that is packed from this picture or folder,
/// once, as `name` in `folder`, which is made; its folders are classes. Throws Error
/// invalid_argument when the set that is there was packed from something else.
[[nodiscard]] train::PictureSet packed(const std::filesystem::path& pictures,
                                       const std::filesystem::path& folder, const char* name);

}  // namespace atelier::jobs
