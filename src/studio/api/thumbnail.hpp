// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "studio/api/studio.hpp"

namespace atelier::studio {

/// A JPEG of the picture with this long edge, made once and kept. A process of its own decodes it,
/// with little time and memory, so that a picture that is made to do harm harms nobody else; two at
/// a time. Throws Problem 422 where it is no picture or cannot be read.
[[nodiscard]] std::string thumbnail_of(Studio& studio, const FileRecord& file, int edge);

}  // namespace atelier::studio
